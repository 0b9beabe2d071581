package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;

/**
 * A service has erased what it held about a user: the answer to {@link UserErasureRequested}, given
 * again when that comes again.
 *
 * @param userId id of the account
 * @param erasureId id of the erasure
 * @param service name of the service
 * @param erased how many things, by kind; 0 where there was nothing left
 * @param erasedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record UserDataErased(
    String userId, String erasureId, String service, Map<String, Long> erased, Instant erasedAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.user-data.erased.v1";

  public UserDataErased {
    erased = Map.copyOf(erased);
  }

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
