package com.faultmaven.user.domain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.id.Ids;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of the audit log (specification 8.3). It never holds a password, a token, or a name that
 * somebody typed for an account that does not exist: people type passwords there.
 *
 * @param auditId id
 * @param eventType what happened
 * @param outcome whether it worked
 * @param userId whose account; null when there is none
 * @param actorId who did it; null when nobody was logged in
 * @param address the client's IP address
 * @param userAgent what the client calls itself, null when it does not say
 * @param detail a fixed word, the new roles, how one signed in or what a job did; null when there
 *     is nothing to add
 * @param occurredAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AuthEvent(
    String auditId,
    AuthEventType eventType,
    AuthOutcome outcome,
    @Nullable String userId,
    @Nullable String actorId,
    @Nullable String address,
    @Nullable String userAgent,
    @Nullable String detail,
    Instant occurredAt) {
  /** Something that happened just now. */
  public static AuthEvent now(
      AuthEventType type,
      @Nullable String userId,
      @Nullable String actorId,
      RequestOrigin origin,
      @Nullable String detail,
      Instant now) {
    return new AuthEvent(
        Ids.next(),
        type,
        type.isFailure() ? AuthOutcome.FAILURE : AuthOutcome.SUCCESS,
        userId,
        actorId,
        origin.address(),
        origin.userAgent(),
        detail,
        now);
  }
}
