package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refresh tokens and their families. */
public interface RefreshTokenStore {
  /** Starts a family with its first token. */
  Uni<Void> open(SqlConnection transaction, RefreshFamily family, NewToken first);

  /**
   * A refresh token to be stored, and what it is given out with.
   *
   * @param hash SHA-256 of the token
   * @param accessTokenId {@code jti} of the access token
   * @param issuedAt when
   * @param expiresAt when it ends by itself unless its family ends before
   */
  record NewToken(TokenHash hash, String accessTokenId, Instant issuedAt, Instant expiresAt) {}

  /**
   * Exchanges a token for the next one, in one step with its audit: of two at the same time one
   * wins, and the second ends the family.
   *
   * @return what the next token belongs to; empty when the token is unknown, expired or ended, its
   *     account is not active, or it was used before, which ends its family with all its tokens
   */
  Uni<Optional<Rotated>> rotate(TokenHash used, NewToken next, RequestOrigin origin);

  /**
   * What an exchange has found.
   *
   * @param user whose tokens they are
   * @param family where they belong
   */
  record Rotated(User user, RefreshFamily family) {}

  /**
   * Whether the log-in goes on that an access token of a user was given out with.
   *
   * @param accessTokenId {@code jti} of the access token
   */
  Uni<Boolean> isAlive(String userId, String accessTokenId);

  /** Ends all families of a user; answers how many. */
  Uni<Integer> revokeAll(SqlConnection transaction, String userId, Instant at, String reason);

  /**
   * Ends all families of a user but the one that an access token has grown from.
   *
   * @param accessTokenId {@code jti} of the access token
   * @return the sessions of those that have ended now
   */
  Uni<List<String>> revokeOthers(
      SqlConnection transaction, String userId, String accessTokenId, Instant at, String reason);

  /**
   * Ends the families of a user that a log-out names: by the access token that was given out with
   * one of their refresh tokens, by session, by refresh token.
   *
   * @return how many have ended now
   */
  Uni<Integer> revokeMatching(
      SqlConnection transaction,
      String userId,
      @Nullable String accessTokenId,
      @Nullable String sessionId,
      @Nullable TokenHash refreshToken,
      Instant at);
}
