package com.faultmaven.common.event;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Applies an event to a service's own data. */
@FunctionalInterface
public interface EventHandler {
  /**
   * Applies the event. What it writes to the transaction happens exactly once; anything else that
   * it does may happen again and must not mind.
   *
   * @param transaction committed together with the memory that the event was applied
   * @param event of any type of its topic; one that the service does not need is passed over
   */
  Uni<Void> apply(SqlConnection transaction, ReceivedEvent event);
}
