package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.AnalyticsQuery;
import com.faultmaven.common.db.Rows;
import io.smallrye.mutiny.Uni;

/**
 * Counts over cases that were opened within a period, as one JSON object that PostgreSQL builds in
 * one query. From the cases to the rows around them, each looked up: OFFSET 0 keeps a table around
 * cases from being read as a whole.
 */
final class CaseCounts {
  private static final String COUNTED =
      """
      ),
      of_evidence AS (
          SELECT source_type, date_trunc(?, found.created_at, 'UTC') AS step, count(*) AS n
          FROM picked CROSS JOIN LATERAL (
              SELECT source_type, created_at FROM evidence
              WHERE evidence.case_id = picked.case_id OFFSET 0) AS found
          GROUP BY 1, 2),
      of_tags AS (
          SELECT tag, count(*) AS n
          FROM picked CROSS JOIN LATERAL (
              SELECT tag FROM case_tags WHERE case_tags.case_id = picked.case_id OFFSET 0) AS found
          GROUP BY tag ORDER BY n DESC, tag LIMIT 50),
      of_status AS (
          SELECT status, date_trunc(?, created_at, 'UTC') AS step, count(*) AS n
          FROM picked GROUP BY 1, 2),
      steps AS (SELECT step FROM of_status UNION SELECT step FROM of_evidence)
      SELECT json_build_object(
          'cases', (SELECT count(*) FROM picked),
          'by_status', (SELECT coalesce(json_object_agg(status, n ORDER BY status), '{}')
              FROM (SELECT status, sum(n) AS n FROM of_status GROUP BY status) AS sums),
          'by_tag', (SELECT coalesce(json_object_agg(tag, n ORDER BY n DESC, tag), '{}') FROM of_tags),
          'by_evidence_type', (SELECT coalesce(json_object_agg(source_type, n ORDER BY source_type), '{}')
              FROM (SELECT source_type, sum(n) AS n FROM of_evidence GROUP BY source_type) AS sums),
          'over_time', (SELECT coalesce(json_agg(json_build_object(
              'start', %s,
              'by_status', (SELECT coalesce(json_object_agg(status, n ORDER BY status), '{}')
                  FROM of_status WHERE of_status.step = steps.step),
              'by_evidence_type', (SELECT coalesce(json_object_agg(source_type, n ORDER BY source_type), '{}')
                  FROM of_evidence WHERE of_evidence.step = steps.step)) ORDER BY step), '[]') FROM steps)
          )::text
      """
          .formatted(Table.ON_WIRE.formatted("step"));

  private final Connections connections;

  CaseCounts(Connections connections) {
    this.connections = connections;
  }

  Uni<String> count(AnalyticsQuery query) {
    String unit = query.interval().wireName();
    Statement statement =
        new Statement(
                """
                WITH picked AS (
                    SELECT case_id, status, created_at FROM cases
                    WHERE created_at >= ? AND created_at < ?
                """,
                Rows.utc(query.since()),
                Rows.utc(query.until()))
            .addIf(query.userId(), "AND user_id = ?")
            .add(COUNTED, unit, unit);
    return connections.searching(
        connection -> statement.run(connection).map(rows -> rows.iterator().next().getString(0)));
  }
}
