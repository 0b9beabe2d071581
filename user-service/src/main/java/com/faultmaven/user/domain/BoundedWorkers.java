package com.faultmaven.user.domain;

import com.faultmaven.common.web.Problem;
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
 * Threads for computations that are too long for an event loop, with a bounded queue. Results
 * arrive on the caller's event loop.
 */
public final class BoundedWorkers implements AutoCloseable {
  private final ThreadPoolExecutor workers;
  private final Supplier<Problem> busy;

  /**
   * Makes the workers; a thread starts with the first computation that needs it.
   *
   * @param name what the threads' names begin with
   * @param count computations at once
   * @param queue computations that may wait
   * @param busy what one more fails with
   */
  public BoundedWorkers(String name, int count, int queue, Supplier<Problem> busy) {
    this.busy = busy;
    workers =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().name(name + "-", 0).daemon().factory());
  }

  /** Runs a computation; fails as it does, or with the {@link Problem} of a full queue. */
  public <T> Uni<T> run(Supplier<T> computation) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context caller = Vertx.currentContext();
              Uni<T> result = submit(computation);
              return caller == null ? result : result.emitOn(MutinyHelper.executor(caller));
            });
  }

  /** How many computations wait now. */
  public int waiting() {
    return workers.getQueue().size();
  }

  @Override
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
                        answer.complete(computation.get());
                      } catch (RuntimeException | Error e) {
                        answer.fail(e);
                      }
                    });
              } catch (RejectedExecutionException full) {
                answer.fail(busy.get());
              }
            });
  }
}
