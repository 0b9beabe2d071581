package com.faultmaven.user.domain;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refresh tokens and their families. Everything runs in the caller's transaction. */
public interface RefreshTokenStore {
  /** Starts a family, and forgets the user's families that have expired. */
  Uni<Void> open(SqlConnection transaction, RefreshFamily family);

  /**
   * Adds a token to its family, and forgets the family's tokens that have expired.
   *
   * @param accessTokenId {@code jti} of the access token that is given out with it
   */
  Uni<Void> add(
      SqlConnection transaction, RefreshToken token, String accessTokenId, Instant issuedAt);

  /** Finds a token and locks it with its family until the transaction ends. */
  Uni<Optional<RefreshToken>> lock(SqlConnection transaction, RefreshTokenHash hash);

  /** Marks a token as exchanged. */
  Uni<Void> markUsed(SqlConnection transaction, RefreshTokenHash hash, Instant at);

  /** Ends one family. */
  Uni<Void> revoke(SqlConnection transaction, String familyId, Instant at, String reason);

  /** Ends all families of a user; answers how many. */
  Uni<Integer> revokeAll(SqlConnection transaction, String userId, Instant at, String reason);

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
      @Nullable RefreshTokenHash refreshToken,
      Instant at);
}
