package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.user.domain.KnownNetworks;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/** Table {@code login_networks} in {@code auth_db}. */
@ApplicationScoped
public class PostgresKnownNetworks implements KnownNetworks {
  static final String KNOWN =
      """
      SELECT EXISTS (
        SELECT 1 FROM login_networks
        WHERE user_id = $1 AND network = $2 AND expires_at > $3)
      """;

  // A day is fine enough: most log-ins come from where the last one came from and write nothing.
  static final String REMEMBER =
      """
      INSERT INTO login_networks AS known (user_id, network, expires_at)
      SELECT u.user_id, $2, $3 FROM users u WHERE u.user_id = $1
      ON CONFLICT (user_id, network) DO UPDATE SET expires_at = EXCLUDED.expires_at
      WHERE known.expires_at < EXCLUDED.expires_at - interval '1 day'
      """;

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresKnownNetworks(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Boolean> isKnown(String userId, String network, Instant now) {
    return pool.preparedQuery(KNOWN)
        .execute(Tuple.of(userId, network, Rows.utc(now)))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  @Override
  public Uni<Void> remember(
      SqlConnection transaction, String userId, String network, Instant until) {
    return transaction
        .preparedQuery(REMEMBER)
        .execute(Tuple.of(userId, network, Rows.utc(until)))
        .replaceWithVoid();
  }
}
