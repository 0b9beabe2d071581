package com.faultmaven.user.api;

import com.faultmaven.common.model.user.UserProfile;
import com.faultmaven.user.domain.Grant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Tokens.
 *
 * @param accessToken JWT to be sent as {@code Authorization: Bearer …}
 * @param tokenType always {@code Bearer}
 * @param expiresIn life of the access token in seconds
 * @param refreshToken what the next pair is exchanged for, once
 * @param refreshExpiresIn life of the refresh token in seconds
 * @param sessionId the session that was opened or resumed, null without a client id
 * @param secondFactorMissing whether the role admin is withheld from these tokens until its owner
 *     has enrolled a second factor and signs in with it
 * @param user whose tokens they are
 */
@Schema(name = "Tokens")
public record TokenAnswer(
    String accessToken,
    @Schema(examples = "Bearer") String tokenType,
    @Schema(examples = "900") long expiresIn,
    String refreshToken,
    @Schema(examples = "1209600") long refreshExpiresIn,
    @Nullable String sessionId,
    boolean secondFactorMissing,
    UserProfile user) {
  static TokenAnswer of(Grant grant) {
    return new TokenAnswer(
        grant.accessToken(),
        "Bearer",
        grant.expiresIn(),
        grant.refreshToken(),
        grant.refreshExpiresIn(),
        grant.sessionId(),
        grant.secondFactorMissing(),
        grant.user().profile());
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "TokenAnswer[]";
  }
}
