package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import org.jspecify.annotations.Nullable;

/**
 * What a log-in or a refresh gives.
 *
 * @param user whose tokens they are
 * @param accessToken JWT
 * @param expiresIn life of the access token in seconds
 * @param refreshToken 256 random bits, Base64url, good for one use
 * @param refreshExpiresIn life of the refresh token in seconds
 * @param sessionId the session that the tokens belong to, null when there is none
 * @param secondFactorMissing whether the role admin is withheld for want of a second factor
 */
public record Grant(
    User user,
    String accessToken,
    long expiresIn,
    String refreshToken,
    long refreshExpiresIn,
    @Nullable String sessionId,
    boolean secondFactorMissing) {
  /** Names the account alone. */
  @Override
  public String toString() {
    return "Grant[" + user.userId() + "]";
  }
}
