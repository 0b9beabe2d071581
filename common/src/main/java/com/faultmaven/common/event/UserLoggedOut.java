package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user logged out.
 *
 * @param userId who
 * @param sessionId the session that ends; null when all of the user's sessions end
 * @param loggedOutAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record UserLoggedOut(String userId, @Nullable String sessionId, Instant loggedOutAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.user.logged-out.v1";

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
