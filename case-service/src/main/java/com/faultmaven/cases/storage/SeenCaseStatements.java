package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.CaseHead;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.cases.CaseStatus;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is asked of one case, as single statements: each says in whose name it asks, looks for the
 * case, and only then reads or writes what else is wanted. So it is one message to the server and a
 * transaction of its own; beginning, name, case, rows and end would be five.
 *
 * <p>Row-level security must find the name said before it meets the first row. The order holds by
 * what depends on what, not by how PostgreSQL happens to plan: the case is looked for with the name
 * at hand, {@code CASE} reads the rest when the case has been found, and rows are inserted for each
 * head. Whatever a plan did otherwise, without a name nothing is seen and nothing written.
 */
final class SeenCaseStatements {
  private static final String SAID =
      """
      (SELECT set_config('faultmaven.user_id', ?, true) AS user_id,
           set_config('faultmaven.role', ?, true) AS role,
           set_config('faultmaven.case_id', '', true) AS case_id) AS said
      """;

  /**
   * Row-level security lets the case through or not; rows of one that came through are then shown
   * without another look at it.
   */
  private static final String SEEN =
      """
      LEFT JOIN LATERAL (
          SELECT case_id, user_id, status, version, archived_at IS NOT NULL AS archived,
              (SELECT epoch FROM case_cache_epoch) AS epoch,
              set_config('faultmaven.case_id', case_id, true) AS seen
          FROM cases WHERE case_id = ? AND said.user_id IS NOT NULL) AS head ON true
      """;

  /**
   * As {@link #SEEN}, and nobody archives or deletes the case before the rows are there: as it is
   * when it is held.
   */
  private static final String SEEN_AND_HELD =
      SEEN.replace("said.user_id IS NOT NULL)", "said.user_id IS NOT NULL FOR KEY SHARE)");

  private static final String HEAD =
      "SELECT head.case_id, head.user_id, head.status, version, archived, epoch";

  private static final String OWN_WITH_ITS_ROWS =
      """
      head CROSS JOIN LATERAL jsonb_to_recordset(
          CASE WHEN head.user_id = ? AND NOT head.archived THEN ?::text::jsonb END)
      """;

  /** Where what comes with the head is. */
  static final int BEHIND_HEAD = 6;

  private SeenCaseStatements() {}

  /** Texts in the first column of the rows, as an array in the only column of one row. */
  static Statement rows(Scope scope, Statement rows) {
    return rows.within(
        "SELECT CASE WHEN said.user_id IS NOT NULL THEN ARRAY(",
        ") END FROM " + SAID,
        scope.userId(),
        scope.role());
  }

  /** Nothing but the head of the case: {@link #head} reads it. */
  static Statement head(Scope scope, String caseId) {
    return new Statement(HEAD + " FROM " + SAID + SEEN, scope.userId(), scope.role(), caseId);
  }

  /** The head, and as an array behind it the texts in the first column of the rows. */
  static Statement headAndRows(Scope scope, String caseId, Statement rows) {
    return behindHead("ARRAY", scope, caseId, rows);
  }

  /** The head, and behind it the only value of the statement. */
  static Statement headAndValue(Scope scope, String caseId, Statement value) {
    return behindHead("", scope, caseId, value);
  }

  /**
   * Inserts the rows of a JSON array, if the case is the scope's own and its rows are not in the
   * archive: how many rows were inserted.
   */
  static Statement inserted(Scope scope, String caseId, Table<?> table, String rows) {
    return new Statement(
            "WITH head AS MATERIALIZED ("
                + HEAD
                + " FROM "
                + SAID
                + SEEN_AND_HELD
                + "), added AS (",
            scope.userId(),
            scope.role(),
            caseId)
        .add(table.insertFrom(OWN_WITH_ITS_ROWS), scope.userId(), rows)
        .add("WHERE given.case_id = head.case_id RETURNING 1) SELECT count(*) FROM added");
  }

  private static Statement behindHead(String form, Scope scope, String caseId, Statement inner) {
    return inner.within(
        HEAD + ", CASE WHEN head.seen IS NOT NULL THEN " + form + "(",
        ") END FROM " + SAID + SEEN,
        scope.userId(),
        scope.role(),
        caseId);
  }

  /** The texts of an array. */
  static Stream<String> texts(Row row, int column) {
    return Arrays.stream(row.getArrayOfStrings(column));
  }

  /** The head in a row that one of these statements gives; empty when nobody may see the case. */
  static Optional<CaseHead> head(Row row) {
    String caseId = row.getString(0);
    return caseId == null
        ? Optional.empty()
        : Optional.of(
            new CaseHead(
                caseId,
                row.getString(1),
                WireName.require(CaseStatus.class, row.getString(2)),
                row.getLong(3),
                row.getBoolean(4),
                row.getLong(5)));
  }
}
