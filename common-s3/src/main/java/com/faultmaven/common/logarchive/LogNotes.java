package com.faultmaven.common.logarchive;

import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.s3.CompressedObjects;
import com.faultmaven.common.web.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Table {@code archived_logs}, and the functions around it. */
final class LogNotes {
  private static final String SELECT =
      """
      SELECT s3_key, sha256, first_at, first_id, to_erase FROM archived_logs
      WHERE stored_at IS NOT NULL AND gone_at IS NULL
      """;
  static final String FIND = SELECT + "AND s3_key = $1";
  static final String TO_ERASE =
      SELECT + "AND log = $1 AND to_erase <> '{}' AND s3_key > $2 ORDER BY s3_key LIMIT $3";
  static final String GONE =
      """
      SELECT s3_key FROM archived_logs
      WHERE log = $1 AND gone_at IS NOT NULL ORDER BY gone_at LIMIT $2
      """;
  private static final String NEXT = "SELECT id, at, line FROM next_log_rows($1, $2, $3)";
  private static final String EXPECT = "INSERT INTO archived_logs (s3_key, log) VALUES ($1, $2)";
  private static final String ARCHIVE = "SELECT archive_log_rows($1, $2, $3, $4)";
  private static final String REPLACE = "SELECT replace_archived_log($1, $2, $3, $4, $5)";
  private static final String FORGET_ROWS = "SELECT forget_log_rows($1, $2, $3)";
  private static final String EXPIRE = "SELECT expire_archived_logs($1, $2)";
  private static final String FORGET_OBJECTS = "SELECT forget_archived_logs($1)";

  /** What {@code archive_log_rows} says of rows that are not what was stored. */
  private static final String CHANGED_MEANWHILE = "55000";

  private final Transactions transactions;

  LogNotes(Transactions transactions) {
    this.transactions = transactions;
  }

  /** A row that is about to move. */
  record LogRow(String id, Instant at, String line) {}

  Uni<List<LogRow>> next(ArchivedLog log, Instant before, int most) {
    return query(
        NEXT,
        Tuple.of(log.table(), Rows.utc(before), most),
        row -> new LogRow(row.getString("id"), Rows.instant(row, "at"), row.getString("line")));
  }

  Uni<Void> expect(ArchivedLog log, String key) {
    return execute(EXPECT, Tuple.of(key, log.table()));
  }

  Uni<Void> archive(String key, Collection<String> ids, CompressedObjects.Stored stored) {
    return execute(ARCHIVE, Tuple.of(key, array(ids), stored.sha256(), stored.bytes()));
  }

  static boolean isChangedMeanwhile(Throwable failure) {
    return failure instanceof PgException error && CHANGED_MEANWHILE.equals(error.getSqlState());
  }

  Uni<Void> replace(LogObject old, String key, CompressedObjects.Stored stored) {
    return execute(
        REPLACE, Tuple.of(old.key(), key, stored.sha256(), stored.bytes(), array(old.erased())));
  }

  Uni<Integer> forgetRows(ArchivedLog log, Instant before, int most) {
    return number(FORGET_ROWS, Tuple.of(log.table(), Rows.utc(before), most));
  }

  Uni<Integer> expire(ArchivedLog log, Instant before) {
    return number(EXPIRE, Tuple.of(log.table(), Rows.utc(before)));
  }

  Uni<List<String>> gone(ArchivedLog log, int most) {
    return query(GONE, Tuple.of(log.table(), most), row -> row.getString("s3_key"));
  }

  Uni<Void> forget(Collection<String> keys) {
    return execute(FORGET_OBJECTS, Tuple.tuple().addArrayOfString(array(keys)));
  }

  Uni<List<String>> findToErase(ArchivedLog log, String after, int most) {
    return query(TO_ERASE, Tuple.of(log.table(), after, most), row -> row.getString("s3_key"));
  }

  Uni<Optional<LogObject>> find(String key) {
    return query(FIND, Tuple.of(key), LogNotes::object).map(found -> found.stream().findFirst());
  }

  /** Objects that may hold rows that are asked for, the newest first. */
  Uni<List<LogObject>> find(ArchivedLog log, LogQuery query, int most) {
    Tuple values = Tuple.of(log.table());
    return query(statement(log, query, most, values), values, LogNotes::object);
  }

  /** Only the conditions that are asked for, so that each combination has an index to walk. */
  static String statement(ArchivedLog log, LogQuery query, int most, Tuple values) {
    StringBuilder sql = new StringBuilder(SELECT).append("AND log = $1\n");
    List<String> users = log.users(query);
    if (!users.isEmpty()) {
      values.addArrayOfString(array(users));
      sql.append("AND user_ids @> $").append(values.size()).append('\n');
    }
    Instant since = query.since();
    if (since != null) {
      // An object is of one day: the second condition would not end the walk by itself.
      values.addOffsetDateTime(Rows.utc(since.truncatedTo(ChronoUnit.DAYS)));
      sql.append("AND first_at >= $").append(values.size()).append('\n');
      values.addOffsetDateTime(Rows.utc(since));
      sql.append("AND last_at >= $").append(values.size()).append('\n');
    }
    Instant until = query.until();
    if (until != null) {
      values.addOffsetDateTime(Rows.utc(until));
      sql.append("AND first_at < $").append(values.size()).append('\n');
    }
    Cursor after = query.after();
    if (after != null) {
      values.addOffsetDateTime(Rows.utc(after.time())).addString(after.id());
      sql.append(
          "AND (first_at, first_id) < ($%d, $%d)\n".formatted(values.size() - 1, values.size()));
    }
    values.addInteger(most);
    return sql.append("ORDER BY first_at DESC, first_id DESC LIMIT $")
        .append(values.size())
        .toString();
  }

  private static LogObject object(Row row) {
    return new LogObject(
        row.getString("s3_key"),
        row.getString("sha256"),
        new Cursor(Rows.instant(row, "first_at"), row.getString("first_id")),
        Set.copyOf(Arrays.asList(row.getArrayOfStrings("to_erase"))));
  }

  private static String[] array(Collection<String> texts) {
    return texts.toArray(String[]::new);
  }

  private Uni<Integer> number(String sql, Tuple values) {
    return query(sql, values, row -> row.getInteger(0)).map(List::getFirst);
  }

  private Uni<Void> execute(String sql, Tuple values) {
    return run(sql, values).replaceWithVoid();
  }

  private <T> Uni<List<T>> query(String sql, Tuple values, Function<Row, T> row) {
    return run(sql, values)
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row).toList());
  }

  private Uni<RowSet<Row>> run(String sql, Tuple values) {
    return transactions
        .statement(connection -> connection.preparedQuery(sql).execute(values))
        .onFailure()
        .transform(DatabaseFailures::translate);
  }
}
