package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * An account was made.
 *
 * @param userId id of the account
 * @param username its name
 * @param roles its roles
 * @param registeredAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record UserRegistered(
    String userId, String username, List<String> roles, Instant registeredAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.user.registered.v1";

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
