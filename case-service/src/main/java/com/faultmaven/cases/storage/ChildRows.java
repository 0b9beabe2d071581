package com.faultmaven.cases.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.cases.domain.ShownRow;
import com.faultmaven.common.web.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The rows of one of the tables around a case. They are written on their own: the case's row and
 * its version stay untouched (decisions, section 3).
 */
final class ChildRows<R> {
  private final Connections connections;
  private final Table<R> table;
  private final Function<R, String> caseId;

  ChildRows(Connections connections, Table<R> table, Function<R, String> caseId) {
    this.connections = connections;
    this.table = table;
    this.caseId = caseId;
  }

  /** Inserts rows in one statement, all or nothing. */
  Uni<Void> insert(List<R> rows) {
    return rows.isEmpty()
        ? Uni.createFrom().voidItem()
        : connections
            .inserting(table, StoredJson.write(rows))
            .onFailure()
            .transform(Refusals.ofRows(table, rows, caseId))
            .replaceWithVoid();
  }

  Uni<Optional<R>> get(String ofCase, String rowId) {
    return first(row(ofCase, rowId));
  }

  /** Reads, changes and writes a row that nobody else changes meanwhile. */
  Uni<Optional<R>> update(String ofCase, String rowId, UnaryOperator<R> change) {
    return connections.transaction(
        connection ->
            row(ofCase, rowId)
                .add("FOR UPDATE")
                .first(connection, table.type())
                .map(found -> found.map(change))
                .call(
                    changed ->
                        changed.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : replace(connection, ofCase, List.of(changed.get()))));
  }

  /** Replaces rows of the case that are there. */
  Uni<Integer> replace(SqlConnection connection, String ofCase, List<R> rows) {
    return new Statement(table.update(), StoredJson.write(rows), ofCase)
        .count(connection)
        .onFailure()
        .transform(Refusals.ofRows(table, rows, caseId));
  }

  /** Runs an INSERT of the table with the rows. */
  Uni<Integer> write(SqlConnection connection, String insert, List<R> rows) {
    return rows.isEmpty()
        ? Uni.createFrom().item(0)
        : new Statement(insert, StoredJson.write(rows))
            .count(connection)
            .onFailure()
            .transform(Refusals.ofRows(table, rows, caseId));
  }

  /** The beginning of a list of rows of the case; conditions may follow. */
  Statement ofCase(String id) {
    return new Statement(table.select() + " WHERE case_id = ?", id);
  }

  /** The rows of a statement that begins with {@link Table#selectShown}. */
  Uni<List<ShownRow>> shown(Statement statement) {
    return connections.reading(statement, this::shown);
  }

  private ShownRow shown(String jsonAndTime) {
    int end = jsonAndTime.lastIndexOf('}') + 1;
    String json = jsonAndTime.substring(0, end);
    return new ShownRow(
        json, () -> place(json, Long.parseLong(jsonAndTime, end, jsonAndTime.length(), 10)));
  }

  private Cursor place(String json, long micros) {
    String id = StoredJson.read(json, JsonNode.class).required(table.idColumn()).textValue();
    return new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), id);
  }

  Uni<Optional<R>> first(Statement statement) {
    return list(statement).map(found -> found.stream().findFirst());
  }

  Uni<List<R>> list(Statement statement) {
    return connections.reading(statement, this::model);
  }

  private R model(String json) {
    return StoredJson.read(json, table.type());
  }

  private Statement row(String ofCase, String rowId) {
    return ofCase(ofCase).add("AND " + table.idColumn() + " = ?", rowId);
  }
}
