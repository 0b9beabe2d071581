package com.faultmaven.artifact.domain;

import com.faultmaven.common.thread.CallerContext;
import com.faultmaven.common.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads for work that takes the processor, with a bounded queue before them. */
@ApplicationScoped
public class ProcessingPool {
  private final ThreadPoolExecutor threads;
  private final ProcessingSettings settings;

  /** Wires the bean. */
  @Inject
  public ProcessingPool(ProcessingSettings settings, MeterRegistry metrics) {
    this.settings = settings;
    AtomicInteger count = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            settings.workers(),
            settings.workers(),
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(settings.queue()),
            work -> {
              Thread thread = new Thread(work, "preprocessing-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    metrics.gauge("faultmaven.preprocessing.waiting", threads, pool -> pool.getQueue().size());
  }

  /** Work took longer than {@link ProcessingSettings#timeout()}. */
  public static final class TooSlowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooSlowException(Duration limit) {
      super("not done within " + limit.toSeconds() + " s", null, false, false);
    }
  }

  /**
   * Runs blocking work.
   *
   * @return the work's value, on the caller's context; fails as the work does, with a 503 problem
   *     when the queue is full or moves too slowly, and with {@link TooSlowException} when the work
   *     itself takes too long
   */
  public <T> Uni<T> run(Callable<T> work) {
    return CallerContext.resume(Uni.createFrom().deferred(() -> submit(new Job<>(work))));
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }

  private <T> Uni<T> submit(Job<T> job) {
    try {
      threads.execute(job);
    } catch (RejectedExecutionException full) {
      return Uni.createFrom().failure(busy());
    }
    return Uni.createFrom()
        .completionStage(job.done)
        .ifNoItem()
        .after(settings.timeout())
        .recoverWithUni(
            () ->
                Uni.createFrom()
                    .failure(job.withdraw() ? busy() : new TooSlowException(settings.timeout())));
  }

  private Problem busy() {
    return Problem.unavailable(
        "processing-busy",
        "Too many files wait for processing; nothing was stored. Try again.",
        settings.retryAfter());
  }

  private final class Job<T> implements Runnable {
    private final Callable<T> work;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();

    Job(Callable<T> work) {
      this.work = work;
    }

    @Override
    public void run() {
      if (!taken.compareAndSet(false, true)) {
        return;
      }
      try {
        done.complete(work.call());
      } catch (Exception | StackOverflowError | OutOfMemoryError failure) {
        // Content may nest deeper than a parser's stack, or unfold to more than the heap holds:
        // that
        // is one file's failure, and what it took is free again by now.
        done.completeExceptionally(failure);
      }
    }

    /** Whether the work had not begun; it never will then. */
    boolean withdraw() {
      boolean withdrawn = taken.compareAndSet(false, true);
      if (withdrawn) {
        threads.remove(this);
      }
      return withdrawn;
    }
  }
}
