package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A user's data are to be erased, for good; said again to services that have not answered. Who
 * holds such data erases them and answers with {@link UserDataErased}.
 *
 * @param userId id of the account
 * @param erasureId id of the erasure, for the answer
 * @param requestedAt when the erasure was asked for
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record UserErasureRequested(String userId, String erasureId, Instant requestedAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.user.erasure-requested.v1";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String aggregateId() {
    return userId;
  }

  @Override
  public EventTopic topic() {
    return EventTopic.USERS;
  }
}
