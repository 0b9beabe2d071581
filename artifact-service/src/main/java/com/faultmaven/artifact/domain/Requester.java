package com.faultmaven.artifact.domain;

import com.faultmaven.common.security.Caller;
import com.faultmaven.common.security.Roles;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, taken out of the request so that it outlives it.
 *
 * @param userId the user
 * @param admin whether everything is allowed
 * @param analyst whether every case may be read
 * @param service whether it is a service of the suite
 * @param token the access token, to ask a neighbour in the user's name
 * @param sessionId the token's session
 */
public record Requester(
    String userId,
    boolean admin,
    boolean analyst,
    boolean service,
    String token,
    @Nullable String sessionId) {
  /** The caller of the current request. */
  public static Requester of(Caller caller) {
    return new Requester(
        caller.userId(),
        caller.isAdmin(),
        caller.isAnalyst(),
        caller.roles().contains(Roles.SERVICE),
        caller.token(),
        caller.sessionId().orElse(null));
  }

  /** Whether the user may see what belongs to the owner. */
  public boolean mayRead(String ownerId) {
    return mayWrite(ownerId) || analyst || service;
  }

  /** Whether the user may change what belongs to the owner. */
  public boolean mayWrite(String ownerId) {
    return admin || userId.equals(ownerId);
  }

  /** Never the token. */
  @Override
  public String toString() {
    return "Requester[" + userId + "]";
  }
}
