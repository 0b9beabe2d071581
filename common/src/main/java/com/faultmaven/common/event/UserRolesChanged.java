package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * An account got other roles.
 *
 * @param userId id of the account
 * @param roles the roles that it has now
 * @param changedBy id of the administrator
 * @param changedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record UserRolesChanged(
    String userId, List<String> roles, String changedBy, Instant changedAt) implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.user.roles-changed.v1";

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
