package com.faultmaven.common.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * An account changed: its profile, its address, its password, how one signs in, or that it lives
 * again.
 *
 * @param userId id of the account
 * @param changed names of the fields that changed, in snake_case
 * @param isActive whether it may sign in now
 * @param updatedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record UserUpdated(
    String userId,
    List<String> changed,
    @JsonProperty("is_active") boolean isActive,
    Instant updatedAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.user.updated.v1";

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
