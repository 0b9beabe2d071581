package com.faultmaven.common.event;

import static java.util.Objects.requireNonNull;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What a service does with the events of a topic, by type. Types without a handler are passed over.
 */
public final class EventHandlers {
  private final Map<String, Handler> byType;
  private final Map<String, Sequel> sequels;

  private EventHandlers(Map<String, Handler> byType, Map<String, Sequel> sequels) {
    this.byType = Map.copyOf(byType);
    this.sequels = Map.copyOf(sequels);
  }

  /**
   * Begins with one type.
   *
   * @param type the {@code TYPE} of the record
   */
  public static <T extends DomainEvent> EventHandlers on(
      String type, Class<T> record, EventHandler<T> handler) {
    return new EventHandlers(Map.of(), Map.of()).and(type, record, handler);
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
    return new EventHandlers(more, sequels);
  }

  /**
   * These, with what follows the commit of a type and ends before the event is acknowledged. It
   * follows an event that was applied before as well: the service may have died between the one and
   * the other.
   *
   * @param type a type that has a handler
   * @throws IllegalArgumentException when the type has a sequel already, or no handler
   */
  public <T extends DomainEvent> EventHandlers thenAlways(
      String type, Class<T> record, Function<T, Uni<Void>> sequel) {
    Map<String, Sequel> more = new HashMap<>(sequels);
    if (!byType.containsKey(type)
        || more.put(type, event -> sequel.apply(event.as(record))) != null) {
      throw new IllegalArgumentException("nothing, or two things, to follow " + type);
    }
    return new EventHandlers(byType, more);
  }

  /** Whether an event is one of these. */
  boolean concern(ReceivedEvent event) {
    return byType.containsKey(event.type());
  }

  /** Applies an event that is one of these. */
  Uni<Void> apply(SqlConnection transaction, ReceivedEvent event) {
    return requireNonNull(byType.get(event.type()), event.type()).apply(transaction, event);
  }

  /** What follows the commit of an event that is one of these. */
  Uni<Void> follow(ReceivedEvent event) {
    Sequel sequel = sequels.get(event.type());
    return sequel == null ? Uni.createFrom().voidItem() : sequel.after(event);
  }

  @FunctionalInterface
  private interface Sequel {
    Uni<Void> after(ReceivedEvent event);
  }

  @FunctionalInterface
  private interface Handler {
    Uni<Void> apply(SqlConnection transaction, ReceivedEvent event);
  }
}
