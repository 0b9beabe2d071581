package com.faultmaven.common.logarchive;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.web.Cursor;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a log are asked for, newest first. What is null does not matter.
 *
 * @param since rows of this time and later
 * @param until rows before this time
 * @param after the last row that the caller has seen; null for the newest
 * @param limit how many, 1 or more
 * @param equal texts that fields must have, by field
 */
public record LogQuery(
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Cursor after,
    int limit,
    Map<String, String> equal) {
  public LogQuery {
    equal = Map.copyOf(equal);
  }

  /** Rows of a time. */
  public static LogQuery between(
      @Nullable Instant since, @Nullable Instant until, @Nullable Cursor after, int limit) {
    return new LogQuery(since, until, after, limit, Map.of());
  }

  /** Of these only rows with this text in a field; null adds no condition. */
  public LogQuery equal(String field, @Nullable String text) {
    if (text == null) {
      return this;
    }
    Map<String, String> more = new TreeMap<>(equal);
    more.put(field, text);
    return new LogQuery(since, until, after, limit, more);
  }

  /** The rest of these, behind a row. */
  LogQuery behind(@Nullable Cursor last, int rest) {
    return new LogQuery(since, until, last, rest, equal);
  }

  /** Whether a row is one of these. */
  boolean takes(ArchivedLog log, JsonNode row) {
    return equal.entrySet().stream()
            .allMatch(field -> field.getValue().equals(row.path(field.getKey()).textValue()))
        && takes(log.place(row));
  }

  private boolean takes(Cursor place) {
    return (since == null || !place.time().isBefore(since))
        && (until == null || place.time().isBefore(until))
        && (after == null || isBehind(place, after));
  }

  private static boolean isBehind(Cursor place, Cursor seen) {
    int order = place.time().compareTo(seen.time());
    return order < 0 || (order == 0 && place.id().compareTo(seen.id()) < 0);
  }
}
