package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * An account was stopped by an administrator: nobody signs in to it until it is activated.
 *
 * @param userId id of the account
 * @param deactivatedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record UserDeactivated(String userId, Instant deactivatedAt) implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.user.deactivated.v1";

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
