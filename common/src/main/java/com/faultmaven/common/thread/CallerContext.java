package com.faultmaven.common.thread;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Brings work that ended on another thread back to the event loop that asked for it. */
public final class CallerContext {
  private CallerContext() {}

  /**
   * The same Uni, whose item or failure comes on the Vert.x context of the caller of this method;
   * unchanged when there is none.
   */
  public static <T> Uni<T> resume(Uni<T> work) {
    Context context = Vertx.currentContext();
    return context == null
        ? work
        : work.emitOn(next -> context.runOnContext(ignored -> next.run()));
  }
}
