package com.faultmaven.common.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;

/** An event as it came from Kafka (CloudEvents 1.0, binary mode). */
public final class ReceivedEvent {
  private final String id;
  private final String type;
  private final String subject;
  private final Instant time;
  private final byte[] data;
  private final ObjectMapper json;

  ReceivedEvent(
      String id, String type, String subject, Instant time, byte[] data, ObjectMapper json) {
    this.id = requireNonNull(id, "id");
    this.type = requireNonNull(type, "type");
    this.subject = requireNonNull(subject, "subject");
    this.time = requireNonNull(time, "time");
    this.data = requireNonNull(data, "data");
    this.json = requireNonNull(json, "json");
  }

  /** The event's own id: the same for every copy of it. */
  public String id() {
    return id;
  }

  /** The event's type, to be compared with the {@code TYPE} of the event records. */
  public String type() {
    return type;
  }

  /** The aggregate's id. */
  public String subject() {
    return subject;
  }

  /** When it happened. */
  public Instant time() {
    return time;
  }

  /**
   * The event's data; fields that the record does not have are passed over.
   *
   * @throws MalformedEventException when they are not what the type promises
   */
  public <T extends DomainEvent> T as(Class<T> record) {
    try {
      T event =
          json.readerFor(record)
              .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .readValue(data);
      if (event == null) {
        throw new MalformedEventException(type + " " + id + " has no data");
      }
      return event;
    } catch (IOException e) {
      throw new MalformedEventException(type + " " + id + " cannot be read", e);
    }
  }
}
