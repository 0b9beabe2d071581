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
  /** Each word has a bit of what the evidence of a case is said to have. */
  private static final int MOST_WORDS = 32;

  /** The words of a question, each as the text of a tsquery. */
  private static final String WORDS =
      """
      SELECT '''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || ''''
      FROM unnest(to_tsvector('english', ?)) ORDER BY positions[1] LIMIT ?
      """;

  /** Over all users' cases: from the text indexes to the cases, for who may see every case. */
  private static final String CASES_WITH_WORD = "SELECT cases_with_word(?::text::tsquery) ";

  private static final String CANDIDATES =
      """
      WITH asked AS (
          SELECT ?::text::tsquery AS any_word, ?::text[]::tsquery[] AS words),
      candidates AS MATERIALIZED (
          SELECT case_id, search FROM cases WHERE true
      """;

  /** One look at the evidence of each candidate, whatever is asked for. */
  private static final String SCORED =
      """
      ),
      in_evidence AS MATERIALIZED (
          SELECT evidence.* FROM asked CROSS JOIN LATERAL evidence_with_words(
              ARRAY(SELECT case_id FROM candidates), words, any_word) AS evidence),
      matched AS (
          SELECT case_id, 2 * ts_rank(candidates.search, any_word) + coalesce(score, 0) AS score, best
          FROM candidates CROSS JOIN asked LEFT JOIN in_evidence ON of_case = case_id
          WHERE true
      """;

  /** A word and its place among those that are looked for, from 0. */
  private static final String WORD_IN_CASE =
      "AND (candidates.search @@ ?::text::tsquery OR (found >> ?) & 1 = 1)";

  /** Passages of the title and the description first, then of the evidence that answers best. */
  private static final String ANSWER =
      """
      ),
      page AS (
          SELECT * FROM matched ORDER BY score DESC, case_id LIMIT ? OFFSET ?)
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
              WHERE evidence.case_id = cases.case_id AND evidence_id = ANY (best)
              ORDER BY ts_rank(evidence.search, any_word) DESC, evidence_id)
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
    Statement statement =
        new Statement(CANDIDATES, String.join(" | ", words), words.toArray(String[]::new));
    CaseRows.narrow(statement, search.userId(), search.statuses(), search.tag());
    if (search.userId() == null) {
      String link = "AND cases.case_id = ANY (ARRAY(";
      for (String word : words) {
        statement.add(link + CASES_WITH_WORD, word);
        link = "INTERSECT ";
      }
      statement.add("))");
    }
    statement.add(SCORED);
    for (int i = 0; i < words.size(); i++) {
      statement.add(WORD_IN_CASE, words.get(i), i);
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
