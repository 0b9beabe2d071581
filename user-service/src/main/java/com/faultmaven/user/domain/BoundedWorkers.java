package com.faultmaven.user.domain;

import com.faultmaven.common.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Threads of their own for computations that would hold up an event loop, with a bounded queue:
 * more than it holds is refused. Results arrive on the caller's event loop.
 */
public final class BoundedWorkers {
  private final ThreadPoolExecutor workers;
  private final Timer timer;
  private final Supplier<Problem> refusal;

  /**
   * Starts the workers.
   *
   * @param name beginning of their names
   * @param threads computations at once
   * @param queue computations that may wait
   * @param refusal what one more fails with
   * @param meter beginning of the names of the timer {@code .computation} and the gauge {@code
   *     .waiting}
   */
  public BoundedWorkers(
      String name,
      int threads,
      int queue,
      Supplier<Problem> refusal,
      MeterRegistry metrics,
      String meter) {
    this.refusal = refusal;
    workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().name(name + "-", 0).daemon().factory());
    timer = metrics.timer(meter + ".computation");
    metrics.gauge(meter + ".waiting", workers, pool -> pool.getQueue().size());
  }

  /** Runs a computation; fails as it does, or with the refusal when the queue is full. */
  public <T> Uni<T> run(Supplier<T> computation) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context caller = Vertx.currentContext();
              Uni<T> result = submit(computation);
              return caller == null ? result : result.emitOn(MutinyHelper.executor(caller));
            });
  }

  /** Stops the workers; what waits is not run. */
  public void close() {
    workers.shutdownNow();
  }

  private <T> Uni<T> submit(Supplier<T> computation) {
    return Uni.createFrom()
        .<T>emitter(
            answer -> {
              try {
                workers.execute(
                    () -> {
                      try {
                        answer.complete(timer.record(computation));
                      } catch (RuntimeException | Error e) {
                        answer.fail(e);
                      }
                    });
              } catch (RejectedExecutionException full) {
                answer.fail(refusal.get());
              }
            });
  }
}
