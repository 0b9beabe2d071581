package com.faultmaven.cases.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.web.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An SQL statement with its parameters. A {@code ?} stands for the next parameter, so that optional
 * conditions need no counting, and each combination is a statement that PostgreSQL plans by itself.
 */
final class Statement {
  private final StringBuilder text = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  Statement(String text, Object... values) {
    add(text, values);
  }

  /** Appends a part, on a new line. */
  Statement add(String part, Object... partValues) {
    int number = values.size();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '?') {
        text.append('$').append(++number);
      } else {
        text.append(c);
      }
    }
    text.append('\n');
    values.addAll(Arrays.asList(partValues));
    return this;
  }

  /** Appends a part when its only value is given. */
  Statement addIf(@Nullable Object value, String part) {
    return value == null ? this : add(part, value);
  }

  /** The statement within another one, whose parameters are numbered behind its own. */
  Statement within(String before, String after, Object... afterValues) {
    Statement outer = new Statement(before);
    outer.text.append(text);
    outer.values.addAll(values);
    return outer.add(after, afterValues);
  }

  /** Ends a list ordered by time and id: its place after the cursor, its order, its length. */
  Statement page(String time, String id, boolean newestFirst, @Nullable Cursor after, int limit) {
    if (after != null) {
      add(
          "AND (%s, %s) %s (?, ?)".formatted(time, id, newestFirst ? "<" : ">"),
          Rows.utc(after.time()),
          after.id());
    }
    String direction = newestFirst ? "DESC" : "ASC";
    return add("ORDER BY %s %s, %s %s LIMIT ?".formatted(time, direction, id, direction), limit);
  }

  Uni<RowSet<Row>> run(SqlConnection connection) {
    return connection.preparedQuery(text.toString()).execute(Tuple.from(values));
  }

  /** How many rows were written. */
  Uni<Integer> count(SqlConnection connection) {
    return run(connection).map(RowSet::rowCount);
  }

  /** The only row. */
  Uni<Row> one(SqlConnection connection) {
    return run(connection).map(rows -> rows.iterator().next());
  }

  /** The rows, made of the text in their first column. */
  <R> Uni<List<R>> all(SqlConnection connection, Function<String, R> reader) {
    return run(connection)
        .map(
            rows -> {
              List<R> all = new ArrayList<>(rows.size());
              for (Row row : rows) {
                all.add(reader.apply(row.getString(0)));
              }
              return all;
            });
  }

  /** The rows, whose first column is JSON text. */
  <R> Uni<List<R>> all(SqlConnection connection, Class<R> type) {
    return all(connection, json -> StoredJson.read(json, type));
  }

  /** The first row, whose first column is JSON text. */
  <R> Uni<Optional<R>> first(SqlConnection connection, Class<R> type) {
    return all(connection, type).map(all -> all.stream().findFirst());
  }
}
