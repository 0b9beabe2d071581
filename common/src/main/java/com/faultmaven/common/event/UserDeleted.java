package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * An account was deleted softly; its data stay until erasure, and an administrator may restore it.
 *
 * @param userId id of the account
 * @param reason requested, or inactive when a job did it
 * @param deletedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record UserDeleted(String userId, String reason, Instant deletedAt) implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.user.deleted.v1";

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
