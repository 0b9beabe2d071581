package com.faultmaven.user;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** A look into the database of the service under test. */
public final class Database {
  private Database() {}

  /** Type and data of all events about an account, oldest first. */
  public static List<String> events(Pool pool, String userId) {
    return texts(
        pool,
        "SELECT event_type || ' ' || data FROM outbox WHERE aggregate_id = $1 ORDER BY seq",
        userId);
  }

  /** The first column of all rows. */
  public static List<String> texts(Pool pool, String sql, String value) {
    return StreamSupport.stream(run(pool, sql, value).spliterator(), false)
        .map(row -> row.getString(0))
        .toList();
  }

  /** The first column of the one row. */
  public static String text(Pool pool, String sql, String value) {
    return texts(pool, sql, value).getFirst();
  }

  /** Runs a statement with one parameter. */
  public static RowSet<Row> run(Pool pool, String sql, String value) {
    return pool.preparedQuery(sql).execute(Tuple.of(value)).await().atMost(Duration.ofSeconds(20));
  }
}
