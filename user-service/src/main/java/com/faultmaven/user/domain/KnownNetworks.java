package com.faultmaven.user.domain;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;

/** The networks from which the owners of accounts have signed in. */
public interface KnownNetworks {
  /** Whether the network is known as the owner's at that time. */
  Uni<Boolean> isKnown(String userId, String network, Instant now);

  /**
   * Notes that the owner is there; for an account that does not exist nothing happens.
   *
   * @param until how long the network is known as the owner's
   */
  Uni<Void> remember(SqlConnection transaction, String userId, String network, Instant until);
}
