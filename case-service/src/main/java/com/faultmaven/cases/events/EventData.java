package com.faultmaven.cases.events;

import com.faultmaven.common.event.DomainEvent;
import com.faultmaven.common.event.MalformedEventException;
import com.faultmaven.common.event.ReceivedEvent;

/** Reads what an event says. */
final class EventData {
  private EventData() {}

  /**
   * The event's data.
   *
   * @throws MalformedEventException without a cause when they are not what the type promises: an
   *     I/O exception as the cause would pass for a lost connection, and the event would block its
   *     partition while it waits
   */
  static <T extends DomainEvent> T of(ReceivedEvent event, Class<T> type) {
    try {
      return event.as(type);
    } catch (MalformedEventException malformed) {
      MalformedEventException alone =
          new MalformedEventException(String.valueOf(malformed.getMessage()));
      alone.addSuppressed(malformed);
      throw alone;
    }
  }
}
