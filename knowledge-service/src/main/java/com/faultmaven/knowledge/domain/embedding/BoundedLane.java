package com.faultmaven.knowledge.domain.embedding;

import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A few threads with a short queue for work that keeps a processor busy. */
final class BoundedLane implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(2);

  private final ThreadPoolExecutor executor;

  BoundedLane(String name, int threads, int queue) {
    AtomicInteger number = new AtomicInteger();
    executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /** How many calls wait. */
  int waiting() {
    return executor.getQueue().size();
  }

  /** Runs the work on one of the threads; fails with 503 when the queue is full. */
  <T> Uni<T> run(Callable<T> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context context = Vertx.currentContext();
              Uni<T> result =
                  Uni.createFrom()
                      .emitter(emitter -> submit(work, emitter::complete, emitter::fail));
              return context == null
                  ? result
                  : result.emitOn(command -> context.runOnContext(ignored -> command.run()));
            });
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private <T> void submit(
      Callable<T> work,
      java.util.function.Consumer<T> done,
      java.util.function.Consumer<Throwable> failed) {
    try {
      executor.execute(
          () -> {
            try {
              done.accept(work.call());
            } catch (Throwable failure) {
              // An error too, such as a stack that overflows on a strange text: somebody waits.
              failed.accept(failure);
            }
          });
    } catch (RejectedExecutionException full) {
      failed.accept(
          Problem.unavailable(
              "embedding-busy", "Too many texts wait to be embedded; try again soon.", SOON));
    }
  }
}
