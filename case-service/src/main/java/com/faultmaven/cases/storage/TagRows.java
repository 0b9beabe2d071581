package com.faultmaven.cases.storage;

import com.faultmaven.common.repository.MissingRowException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The cases' tags. */
final class TagRows {
  private final Connections connections;

  TagRows(Connections connections) {
    this.connections = connections;
  }

  Uni<Set<String>> get(String caseId) {
    return connections.reading(all(caseId), tag -> tag).map(LinkedHashSet::new);
  }

  Uni<Set<String>> add(String caseId, Set<String> tags) {
    return connections.transaction(
        connection -> insert(connection, caseId, tags).chain(() -> read(connection, caseId)));
  }

  Uni<Set<String>> set(String caseId, Set<String> tags) {
    return connections.transaction(
        connection -> replace(connection, caseId, tags).chain(() -> read(connection, caseId)));
  }

  Uni<Boolean> remove(String caseId, String tag) {
    return connections.writing(
        connection ->
            new Statement("DELETE FROM case_tags WHERE case_id = ? AND tag = ?", caseId, tag)
                .count(connection)
                .map(removed -> removed > 0));
  }

  Uni<Map<String, Long>> count(String userId) {
    return connections.searching(
        connection ->
            new Statement(
                    """
                    SELECT tag, count(*) FROM cases CROSS JOIN LATERAL (
                        -- OFFSET 0: looked up for each of the cases, never read as a whole.
                        SELECT tag FROM case_tags
                        WHERE case_tags.case_id = cases.case_id OFFSET 0) AS of_case
                    WHERE user_id = ?
                    GROUP BY tag ORDER BY tag
                    """,
                    userId)
                .run(connection)
                .map(
                    rows -> {
                      Map<String, Long> counts = new LinkedHashMap<>();
                      for (Row row : rows) {
                        counts.put(row.getString(0), row.getLong(1));
                      }
                      return counts;
                    }));
  }

  /** Makes these the tags of the case, which must be there. */
  Uni<Void> replace(SqlConnection connection, String caseId, Set<String> tags) {
    return new Statement(
            "DELETE FROM case_tags WHERE case_id = ? AND tag <> ALL (?)",
            caseId,
            tags.toArray(String[]::new))
        .run(connection)
        .chain(() -> insert(connection, caseId, tags));
  }

  /** Makes the difference between two sets of tags; a tag that neither has stays as it is. */
  Uni<Void> change(SqlConnection connection, String caseId, Set<String> from, Set<String> to) {
    Set<String> added = new LinkedHashSet<>(to);
    added.removeAll(from);
    Set<String> removed = new LinkedHashSet<>(from);
    removed.removeAll(to);
    if (added.isEmpty() && removed.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return new Statement(
            "DELETE FROM case_tags WHERE case_id = ? AND tag = ANY (?)",
            caseId,
            removed.toArray(String[]::new))
        .run(connection)
        .chain(() -> insert(connection, caseId, added));
  }

  private static Uni<Void> insert(SqlConnection connection, String caseId, Set<String> tags) {
    return new Statement(
            """
            WITH holder AS (SELECT case_id FROM cases WHERE case_id = ? FOR KEY SHARE),
            added AS (
                INSERT INTO case_tags (case_id, tag)
                SELECT case_id, tag FROM holder CROSS JOIN unnest(?::text[]) AS tag ORDER BY tag
                ON CONFLICT (case_id, tag) DO NOTHING)
            SELECT case_id FROM holder
            """,
            caseId,
            tags.toArray(String[]::new))
        .run(connection)
        .invoke(
            holder -> {
              if (holder.size() == 0) {
                throw new MissingRowException("case", caseId);
              }
            })
        .replaceWithVoid();
  }

  private static Uni<Set<String>> read(SqlConnection connection, String caseId) {
    return all(caseId).all(connection, tag -> tag).map(LinkedHashSet::new);
  }

  private static Statement all(String caseId) {
    return new Statement("SELECT tag FROM case_tags WHERE case_id = ? ORDER BY tag", caseId);
  }
}
