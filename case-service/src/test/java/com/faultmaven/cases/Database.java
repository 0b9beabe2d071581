package com.faultmaven.cases;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** A look into the database of the service under test, in the service's own name. */
public final class Database {
  private Database() {}

  /** The rows of a statement with one parameter. */
  public static List<Row> rows(Pool pool, String sql, Object value) {
    return pool.withTransaction(
            transaction ->
                transaction
                    .query("SELECT set_config('faultmaven.role', 'service', true)")
                    .execute()
                    .chain(() -> transaction.preparedQuery(sql).execute(Tuple.of(value)))
                    .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList()))
        .await()
        .atMost(Duration.ofSeconds(30));
  }

  /** The first column of the only row. */
  public static long number(Pool pool, String sql, Object value) {
    return rows(pool, sql, value).getFirst().getLong(0);
  }
}
