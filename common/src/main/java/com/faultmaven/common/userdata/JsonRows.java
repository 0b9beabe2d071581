package com.faultmaven.common.userdata;

import com.faultmaven.common.db.DatabaseFailures;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Rows of a user's, of any number, as JSON texts: page by page, so that few are in memory. */
public final class JsonRows {
  private static final int PAGE = 100;

  private JsonRows() {}

  /**
   * Reads them.
   *
   * @param sql gives the columns {@code id}, not empty, and {@code json}, both TEXT, of the user
   *     {@code $1} behind the id {@code $2}, ordered by id, at most {@code $3}
   */
  public static Multi<String> read(SqlClient client, String sql, String userId) {
    return read(row -> client.preparedQuery(sql).execute(row), userId);
  }

  /**
   * Reads them.
   *
   * @param page runs such a statement with its three values
   */
  public static Multi<String> read(Function<Tuple, Uni<RowSet<Row>>> page, String userId) {
    return Multi.createBy()
        .repeating()
        .uni(
            () -> new AtomicReference<>(""),
            last ->
                page.apply(Tuple.of(userId, last.get(), PAGE))
                    .invoke(rows -> rows.forEach(row -> last.set(row.getString("id")))))
        .whilst(rows -> rows.size() == PAGE)
        .onItem()
        .transformToMultiAndConcatenate(JsonRows::texts)
        .onFailure()
        .transform(DatabaseFailures::translate);
  }

  private static Multi<String> texts(RowSet<Row> rows) {
    return Multi.createFrom()
        .items(StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("json")));
  }
}
