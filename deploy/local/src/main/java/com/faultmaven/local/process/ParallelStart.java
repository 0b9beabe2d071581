package com.faultmaven.local.process;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts or stops components side by side. */
public final class ParallelStart {
  private ParallelStart() {}

  /**
   * Starts all and returns when all serve.
   *
   * @throws ComponentException that of the first component that failed; the others are stopped
   */
  public static void start(List<Component> components) throws InterruptedException {
    boolean complete = false;
    try {
      all(components, Component::start);
      complete = true;
    } finally {
      if (!complete) {
        stop(components);
      }
    }
  }

  /** Stops all and returns when all are gone. */
  public static void stop(List<Component> components) throws InterruptedException {
    all(components, Component::stop);
  }

  @FunctionalInterface
  private interface Step {
    void run(Component component) throws InterruptedException;
  }

  private static void all(List<Component> components, Step step) throws InterruptedException {
    if (components.isEmpty()) {
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(components.size());
    try {
      ExecutorCompletionService<Void> steps = new ExecutorCompletionService<>(threads);
      for (Component component : components) {
        Callable<Void> task =
            () -> {
              step.run(component);
              return null;
            };
        steps.submit(task);
      }
      for (int done = 0; done < components.size(); done++) {
        steps.take().get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ComponentException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
