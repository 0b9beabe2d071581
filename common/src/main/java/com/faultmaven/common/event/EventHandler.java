package com.faultmaven.common.event;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Applies events of one type to a service's own data.
 *
 * @param <T> what the type's data are read as
 */
@FunctionalInterface
public interface EventHandler<T extends DomainEvent> {
  /**
   * Applies the event. What it writes to the transaction happens exactly once; anything else that
   * it does may happen again and must not mind.
   *
   * @param transaction committed together with the memory that the event was applied
   */
  Uni<Void> apply(SqlConnection transaction, T event);
}
