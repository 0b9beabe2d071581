package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A session ended.
 *
 * @param sessionId id of the session
 * @param userId whose session
 * @param clientId the device or client
 * @param reason logout, or displaced by a newer session of the client
 * @param endedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record SessionEnded(
    String sessionId, String userId, String clientId, String reason, Instant endedAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.session.ended.v1";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String aggregateId() {
    return sessionId;
  }

  @Override
  public EventTopic topic() {
    return EventTopic.SESSIONS;
  }
}
