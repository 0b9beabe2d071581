package com.faultmaven.common.event;

import static java.util.Objects.requireNonNull;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.Map;

/**
 * What a service does with the events of a topic, by type. Types without a handler are passed over.
 */
public final class EventHandlers {
  private final Map<String, Handler> byType;

  private EventHandlers(Map<String, Handler> byType) {
    this.byType = Map.copyOf(byType);
  }

  /**
   * Begins with one type.
   *
   * @param type the {@code TYPE} of the record
   */
  public static <T extends DomainEvent> EventHandlers on(
      String type, Class<T> record, EventHandler<T> handler) {
    return new EventHandlers(Map.of()).and(type, record, handler);
  }

  /**
   * These and one more.
   *
   * @throws IllegalArgumentException when the type has a handler already
   */
  public <T extends DomainEvent> EventHandlers and(
      String type, Class<T> record, EventHandler<T> handler) {
    Map<String, Handler> more = new HashMap<>(byType);
    if (more.put(type, (tx, event) -> handler.apply(tx, event.as(record))) != null) {
      throw new IllegalArgumentException("two handlers for " + type);
    }
    return new EventHandlers(more);
  }

  /** Whether an event is one of these. */
  boolean concern(ReceivedEvent event) {
    return byType.containsKey(event.type());
  }

  /** Applies an event that is one of these. */
  Uni<Void> apply(SqlConnection transaction, ReceivedEvent event) {
    return requireNonNull(byType.get(event.type()), event.type()).apply(transaction, event);
  }

  @FunctionalInterface
  private interface Handler {
    Uni<Void> apply(SqlConnection transaction, ReceivedEvent event);
  }
}
