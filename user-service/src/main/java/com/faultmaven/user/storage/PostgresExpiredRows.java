package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.user.domain.ExpiredRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** The tables of {@code auth_db} whose rows expire. Rows that somebody works on are passed over. */
@ApplicationScoped
public class PostgresExpiredRows implements ExpiredRows {
  /** Children first: a family takes its tokens along, and a batch should stay small. */
  private static final List<Expiring> TABLES =
      List.of(
          new Expiring("refresh_tokens"),
          new Expiring("refresh_families"),
          new Expiring("one_time_tokens"),
          new Expiring("login_challenges"),
          new Expiring("login_networks"),
          new Expiring("sso_logins"),
          new Expiring("used_passkey_challenges"),
          new Expiring("exports"));

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresExpiredRows(Pool pool) {
    this.pool = pool;
  }

  /** A table whose column {@code expires_at} says when a row ends, and has an index. */
  private record Expiring(String table) {
    String delete() {
      return """
      DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM %1$s WHERE expires_at < $1 ORDER BY expires_at LIMIT $2
        FOR UPDATE SKIP LOCKED))
      """
          .formatted(table);
    }
  }

  /** The statements, for the test of their plans. */
  static List<String> statements() {
    return TABLES.stream().map(Expiring::delete).toList();
  }

  @Override
  public List<String> kinds() {
    return TABLES.stream().map(Expiring::table).toList();
  }

  @Override
  public Uni<Integer> remove(String kind, Instant before, int most) {
    String sql =
        TABLES.stream()
            .filter(expiring -> expiring.table.equals(kind))
            .map(Expiring::delete)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no rows that expire: " + kind));
    return pool.preparedQuery(sql)
        .execute(Tuple.of(Rows.utc(before), most))
        .map(rows -> rows.rowCount());
  }
}
