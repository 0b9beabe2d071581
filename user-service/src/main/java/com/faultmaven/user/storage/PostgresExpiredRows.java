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
          new Expiring("refresh_tokens", "token_hash", "expires_at"),
          new Expiring("refresh_families", "family_id", "expires_at"));

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresExpiredRows(Pool pool) {
    this.pool = pool;
  }

  /** A table, its primary key, and the column that says when a row ends, which has an index. */
  private record Expiring(String table, String key, String end) {
    String delete() {
      return """
      DELETE FROM %1$s WHERE %2$s = ANY (ARRAY(
        SELECT %2$s FROM %1$s WHERE %3$s < $1 ORDER BY %3$s LIMIT $2 FOR UPDATE SKIP LOCKED))
      """
          .formatted(table, key, end);
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
