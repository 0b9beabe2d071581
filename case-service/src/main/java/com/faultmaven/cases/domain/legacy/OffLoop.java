package com.faultmaven.cases.domain.legacy;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;

/** Runs what takes its time, like the reading of a large document, beside the event loops. */
@ApplicationScoped
public class OffLoop {
  private final Vertx vertx;

  /** Wires the bean. */
  @Inject
  public OffLoop(Vertx vertx) {
    this.vertx = vertx;
  }

  /** What the work gives, or fails with; on the event loop from which it was asked for. */
  public <T> Uni<T> run(Callable<T> work) {
    return Uni.createFrom()
        .completionStage(() -> vertx.executeBlocking(work, false).toCompletionStage());
  }
}
