package com.faultmaven.user.domain;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What grows from one log-in: a line of refresh tokens, each used once.
 *
 * @param familyId id
 * @param userId whose
 * @param clientId the device or client that logged in, null when it did not say
 * @param sessionId session that the log-in opened, null when there is none
 * @param methods how its owner signed in
 * @param createdAt time of the log-in
 * @param expiresAt when one must log in again at the latest
 */
public record RefreshFamily(
    String familyId,
    String userId,
    @Nullable String clientId,
    @Nullable String sessionId,
    Set<SignInMethod> methods,
    Instant createdAt,
    Instant expiresAt) {
  public RefreshFamily {
    methods = Set.copyOf(methods);
  }
}
