package com.faultmaven.cases.storage;

import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.repository.CaseHit;
import com.faultmaven.common.repository.CaseSearch;
import com.faultmaven.common.web.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * Full-text search over cases: every word must occur, one in the title and another in the evidence
 * will do. Words are compared by their English stems; of a very long question the first {@value
 * #MOST_WORDS} different ones count.
 *
 * <p>The words are asked for first and given to the search as parameters, so that PostgreSQL knows
 * how rare they are when it plans.
 */
final class CaseTextSearch {
  private static final int MOST_WORDS = 32;

  /** The words of a question, each as the text of a tsquery. */
  private static final String WORDS =
      """
      SELECT '''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || ''''
      FROM unnest(to_tsvector('english', ?)) ORDER BY positions[1] LIMIT ?
      """;

  /** Within one user's cases: from each case to its evidence. */
  private static final String WORD_IN_CASE =
      """
      AND (cases.search @@ ?::text::tsquery
          OR EXISTS (SELECT FROM evidence
                     WHERE evidence.case_id = cases.case_id
                       AND evidence.search @@ ?::text::tsquery))
      """;

  /** Over all users' cases: from the text indexes to the cases, for who may see every case. */
  private static final String CASES_WITH_WORD = "SELECT cases_with_word(?::text::tsquery) ";

  private static final String SCORED =
      """
      WITH asked AS (SELECT ?::text::tsquery AS any_word),
      matched AS (
          SELECT cases.case_id,
              2 * ts_rank(cases.search, any_word) + coalesce((
                  SELECT max(ts_rank(evidence.search, any_word)) FROM evidence
                  WHERE evidence.case_id = cases.case_id AND evidence.search @@ any_word), 0) AS score
          FROM cases CROSS JOIN asked
          WHERE true
      """;

  /** Passages of the title and the description first, then of the evidence that answers best. */
  private static final String ANSWER =
      """
      ),
      page AS (
          SELECT case_id, score FROM matched ORDER BY score DESC, case_id LIMIT ? OFFSET ?)
      SELECT %1$s, (SELECT count(*) FROM matched), score, ARRAY(
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
      -- OFFSET 0: the few cases of the page are looked up, whatever the planner thinks of their number.
      FROM page CROSS JOIN asked CROSS JOIN LATERAL (
          SELECT * FROM cases WHERE cases.case_id = page.case_id OFFSET 0) AS cases
      ORDER BY score DESC, page.case_id
      """
          .formatted(
              CaseRows.HEADER,
              "MaxFragments=1, MinWords=8, MaxWords=24, StartSel=\"\", StopSel=\"\"");

  private final Connections connections;

  CaseTextSearch(Connections connections) {
    this.connections = connections;
  }

  Uni<Page<CaseHit>> search(CaseSearch search) {
    return connections.searching(
        connection ->
            words(connection, search.text())
                .chain(
                    words ->
                        words.isEmpty()
                            ? Uni.createFrom().item(Page.of(List.of(), 0, search.page()))
                            : answer(connection, search, words)));
  }

  private static Uni<List<String>> words(SqlConnection connection, String text) {
    return new Statement(WORDS, text, MOST_WORDS)
        .run(connection)
        .map(
            rows -> {
              List<String> words = new ArrayList<>();
              rows.forEach(row -> words.add(row.getString(0)));
              return words;
            });
  }

  private static Uni<Page<CaseHit>> answer(
      SqlConnection connection, CaseSearch search, List<String> words) {
    return matched(search, words)
        .add(ANSWER, search.page().limit(), search.page().offset())
        .run(connection)
        .chain(
            rows ->
                rows.size() > 0 || search.page().offset() == 0
                    ? Uni.createFrom().item(page(search, rows))
                    : pastTheEnd(connection, search, words));
  }

  /** A page after the last one has no rows that could bring the total. */
  private static Uni<Page<CaseHit>> pastTheEnd(
      SqlConnection connection, CaseSearch search, List<String> words) {
    return matched(search, words)
        .add(") SELECT count(*) FROM matched")
        .run(connection)
        .map(count -> Page.of(List.of(), count.iterator().next().getLong(0), search.page()));
  }

  private static Statement matched(CaseSearch search, List<String> words) {
    Statement statement = new Statement(SCORED, String.join(" | ", words));
    CaseRows.narrow(statement, search.userId(), search.statuses(), search.tag());
    if (search.userId() != null) {
      words.forEach(word -> statement.add(WORD_IN_CASE, word, word));
    } else {
      String link = "AND cases.case_id = ANY (ARRAY(";
      for (String word : words) {
        statement.add(link + CASES_WITH_WORD, word);
        link = "INTERSECT ";
      }
      statement.add("))");
    }
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
