package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.web.Cursor;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A statement that has only the conditions that are asked for, so that each combination has an
 * index to walk. What is null adds none.
 */
final class Conditions {
  private final StringBuilder sql;
  private final Tuple row;

  /**
   * Begins a statement.
   *
   * @param select ends with a {@code WHERE} clause that more may be added to
   * @param row takes the values
   */
  Conditions(String select, Tuple row) {
    this.sql = new StringBuilder(select);
    this.row = row;
  }

  /** Only rows with this value. */
  Conditions equal(String column, @Nullable String value) {
    if (value != null) {
      row.addString(value);
      sql.append("AND ").append(column).append(" = $").append(row.size()).append('\n');
    }
    return this;
  }

  /** Only rows that the text, which is not a caller's, lets through. */
  Conditions and(boolean wanted, String condition) {
    if (wanted) {
      sql.append("AND ").append(condition).append('\n');
    }
    return this;
  }

  /** Only rows of this time or later, and before that one. */
  Conditions between(String column, @Nullable Instant since, @Nullable Instant until) {
    if (since != null) {
      row.addOffsetDateTime(Rows.utc(since));
      sql.append("AND ").append(column).append(" >= $").append(row.size()).append('\n');
    }
    if (until != null) {
      row.addOffsetDateTime(Rows.utc(until));
      sql.append("AND ").append(column).append(" < $").append(row.size()).append('\n');
    }
    return this;
  }

  /** Only rows after the last one that was seen, newest first, one more than the page holds. */
  String newestFirst(String time, String id, @Nullable Cursor after, int limit) {
    if (after != null) {
      row.addOffsetDateTime(Rows.utc(after.time())).addString(after.id());
      sql.append("AND (%s, %s) < ($%d, $%d)\n".formatted(time, id, row.size() - 1, row.size()));
    }
    row.addInteger(limit + 1);
    return sql.append("ORDER BY %s DESC, %s DESC LIMIT $%d".formatted(time, id, row.size()))
        .toString();
  }
}
