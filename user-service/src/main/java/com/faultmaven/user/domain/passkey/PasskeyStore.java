package com.faultmaven.user.domain.passkey;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Passkeys, and the challenges that have done their work. */
public interface PasskeyStore {
  /** An account's passkeys, oldest first. */
  Uni<List<Passkey>> list(String userId);

  /** As {@link #list(String)}, how many, in the open transaction. */
  Uni<Integer> count(SqlConnection transaction, String userId);

  /**
   * The passkey that an authenticator knows by this id.
   *
   * @param credentialId Base64url
   */
  Uni<Optional<Passkey>> find(String credentialId);

  /** Adds a passkey; false, and no change, when its credential id is known already. */
  Uni<Boolean> add(SqlConnection transaction, Passkey passkey);

  /** Removes a passkey; false when this account has none of this id. */
  Uni<Boolean> remove(SqlConnection transaction, String userId, String passkeyId);

  /**
   * Notes a sign-in.
   *
   * @param signCount the authenticator's counter now
   * @return false, and no change, when the passkey is gone or its counter has not grown; a counter
   *     that has always been 0 need not
   */
  Uni<Boolean> recordUse(
      SqlConnection transaction, String passkeyId, long signCount, boolean backedUp, Instant at);

  /**
   * Uses a challenge up. Of two transactions at once the second waits for the first.
   *
   * @return false when it was used before
   */
  Uni<Boolean> useChallenge(SqlConnection transaction, Challenge challenge, Instant now);
}
