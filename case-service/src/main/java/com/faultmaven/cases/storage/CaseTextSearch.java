package com.faultmaven.cases.storage;

import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.repository.CaseHit;
import com.faultmaven.common.repository.CaseSearch;
import com.faultmaven.common.web.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Full-text search over cases: every word must occur, one in the title and another in the evidence
 * will do. Words are compared by their English stems.
 */
final class CaseTextSearch {
  private static final String ASKED =
      """
      WITH words AS (
          SELECT ('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''')::tsquery AS word
          FROM unnest(to_tsvector('english', ?))),
      asked AS (
          SELECT coalesce(string_agg(word::text, ' | '), '')::tsquery AS any_word FROM words),
      """;

  /** Within one user's cases: from the cases to their evidence. */
  private static final String CANDIDATES_OF_USER =
      """
      candidates AS (
          SELECT case_id FROM cases
          WHERE user_id = ? AND (
              search @@ (SELECT any_word FROM asked)
              OR EXISTS (SELECT FROM evidence
                         WHERE evidence.case_id = cases.case_id
                           AND evidence.search @@ (SELECT any_word FROM asked)))),
      """;

  /** Over all users' cases: from the text indexes to the cases. */
  private static final String CANDIDATES =
      """
      candidates AS (
          SELECT case_id FROM cases WHERE search @@ (SELECT any_word FROM asked)
          UNION
          SELECT case_id FROM evidence WHERE search @@ (SELECT any_word FROM asked)),
      """;

  private static final String MATCHED =
      """
      matched AS (
          SELECT cases.case_id,
              2 * ts_rank(cases.search, any_word) + coalesce((
                  SELECT max(ts_rank(evidence.search, any_word)) FROM evidence
                  WHERE evidence.case_id = cases.case_id AND evidence.search @@ any_word), 0) AS score
          FROM candidates JOIN cases USING (case_id) CROSS JOIN asked
          WHERE NOT EXISTS (
              SELECT FROM words
              WHERE NOT cases.search @@ word AND NOT EXISTS (
                  SELECT FROM evidence
                  WHERE evidence.case_id = cases.case_id AND evidence.search @@ word))
      """;

  /** Passages of the title and the description first, then of the evidence that answers best. */
  private static final String ANSWER =
      """
      ),
      page AS (
          SELECT case_id, score FROM matched ORDER BY score DESC, case_id LIMIT ? OFFSET ?)
      SELECT %s, (SELECT count(*) FROM matched), score, ARRAY(
              SELECT ts_headline('english', field, any_word, '%2$s')
              FROM unnest(ARRAY[title, left(description, 150000)]) AS field
              WHERE to_tsvector('english', field) @@ any_word)
          || ARRAY(
              SELECT ts_headline('english',
                  CASE WHEN to_tsvector('english', left(preprocessed_summary, 50000)) @@ any_word
                      THEN preprocessed_summary ELSE left(content, 150000) END,
                  any_word, '%2$s')
              FROM evidence
              WHERE evidence.case_id = cases.case_id AND evidence.search @@ any_word
              ORDER BY ts_rank(evidence.search, any_word) DESC, evidence_id LIMIT 3)
      FROM page JOIN cases USING (case_id) CROSS JOIN asked
      ORDER BY score DESC, case_id
      """
          .formatted(
              CaseRows.HEADER,
              "MaxFragments=1, MinWords=8, MaxWords=24, StartSel=\"\", StopSel=\"\"");

  private final Connections connections;

  CaseTextSearch(Connections connections) {
    this.connections = connections;
  }

  Uni<Page<CaseHit>> search(CaseSearch search) {
    return connections.with(
        connection ->
            answer(search)
                .run(connection)
                .chain(
                    rows ->
                        rows.size() > 0 || search.page().offset() == 0
                            ? Uni.createFrom().item(page(search, rows))
                            : total(search)
                                .run(connection)
                                .map(
                                    count ->
                                        Page.of(
                                            List.of(),
                                            count.iterator().next().getLong(0),
                                            search.page()))));
  }

  /** The statement that answers a search. */
  static Statement answer(CaseSearch search) {
    return matched(search).add(ANSWER, search.page().limit(), search.page().offset());
  }

  /** A page after the last one has no rows that could bring the total. */
  private static Statement total(CaseSearch search) {
    return matched(search).add(") SELECT count(*) FROM matched");
  }

  private static Statement matched(CaseSearch search) {
    Statement statement = new Statement(ASKED, search.text());
    if (search.userId() == null) {
      statement.add(CANDIDATES);
    } else {
      statement.add(CANDIDATES_OF_USER, search.userId());
    }
    statement.add(MATCHED);
    CaseRows.narrow(statement, search.userId(), search.statuses(), search.tag());
    return statement;
  }

  private static Page<CaseHit> page(CaseSearch search, RowSet<Row> rows) {
    List<CaseHit> hits = new ArrayList<>();
    long total = 0;
    for (Row row : rows) {
      Case found = StoredJson.read(row.getString(0), Case.class);
      hits.add(new CaseHit(found, row.getDouble(2), List.of(row.getArrayOfStrings(3))));
      total = row.getLong(1);
    }
    return Page.of(hits, total, search.page());
  }
}
