package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.user.domain.AuditRetention;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/**
 * The functions of {@code auth_db} that remove old rows of the two logs. They belong to the owner
 * of the tables; this service's role may call them and cannot remove a row otherwise.
 */
@ApplicationScoped
public class PostgresAuditRetention implements AuditRetention {
  private static final String AUTH_EVENTS = "SELECT forget_auth_audit($1, $2)";
  private static final String DATA_ACCESS = "SELECT forget_data_access($1, $2)";

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresAuditRetention(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Integer> forgetAuthEvents(Instant before, int most) {
    return forget(AUTH_EVENTS, before, most);
  }

  @Override
  public Uni<Integer> forgetDataAccess(Instant before, int most) {
    return forget(DATA_ACCESS, before, most);
  }

  private Uni<Integer> forget(String sql, Instant before, int most) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(Rows.utc(before), most))
        .map(rows -> rows.iterator().next().getInteger(0));
  }
}
