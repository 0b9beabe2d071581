package com.faultmaven.common.logarchive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.web.Cursor;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A log with an archive: a table that the database has the functions {@code read_TABLE} and {@code
 * take_TABLE} for.
 *
 * @param table its name; the fields below are columns of it
 * @param id field with a row's id
 * @param time field with a row's time
 * @param actor field with who did it; null in a row when nobody was logged in
 * @param subject field with whose data or account it is about; may be null in a row
 * @param traces fields that tell where somebody was and with what, which an erasure empties
 */
public record ArchivedLog(
    String table, String id, String time, String actor, String subject, List<String> traces) {
  public ArchivedLog {
    traces = List.copyOf(traces);
  }

  /** A row's place in the log's order. */
  public Cursor place(JsonNode row) {
    return new Cursor(Instant.parse(row.path(time).asText()), row.path(id).asText());
  }

  /** Users who are in every row that is asked for. */
  List<String> users(LogQuery query) {
    return Stream.of(actor, subject)
        .map(query.equal()::get)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** The row without what tells where one of these users was, if it is of what they did. */
  ObjectNode without(ObjectNode row, Set<String> users) {
    JsonNode who = row.path(actor).isTextual() ? row.path(actor) : row.path(subject);
    if (users.contains(who.asText())) {
      traces.forEach(row::putNull);
    }
    return row;
  }
}
