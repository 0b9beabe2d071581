package com.faultmaven.user.domain;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;

/** Keys that sign access tokens, shared by all replicas of the service. */
public interface SigningKeyStore {
  /** All keys, in the order in which they become active. */
  Uni<List<StoredSigningKey>> list();

  /**
   * All keys, after waiting for other transactions that change them; the turn lasts until the end.
   */
  Uni<List<StoredSigningKey>> lock(SqlConnection transaction);

  /** Adds a key. */
  Uni<Void> add(SqlConnection transaction, StoredSigningKey key);

  /** Replaces a private key by the same one, encrypted with another key. */
  Uni<Void> reencrypt(SqlConnection transaction, StoredSigningKey key);

  /** Removes keys that became active before this time; answers how many. */
  Uni<Integer> removeActiveBefore(SqlConnection transaction, Instant time);
}
