package com.faultmaven.user.domain;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;

/** The networks from which the owners of accounts have signed in. */
public interface KnownNetworks {
  /** Whether the owner was there since that time. */
  Uni<Boolean> isKnown(String userId, String network, Instant since);

  /** Notes that the owner is there; for an account that does not exist nothing happens. */
  Uni<Void> remember(SqlConnection transaction, String userId, String network, Instant now);
}
