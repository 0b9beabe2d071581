package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user signed in.
 *
 * @param userId who
 * @param sessionId the session that was opened or resumed, when there is one
 * @param clientId the device or client, when it said
 * @param methods how: password, totp, recovery_code, passkey, sso
 * @param loggedInAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record UserLoggedIn(
    String userId,
    @Nullable String sessionId,
    @Nullable String clientId,
    List<String> methods,
    Instant loggedInAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.user.logged-in.v1";

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
