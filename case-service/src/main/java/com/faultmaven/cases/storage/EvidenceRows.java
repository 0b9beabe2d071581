package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CaseTables.EVIDENCE;

import com.faultmaven.cases.domain.ShownRow;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.repository.EvidenceQuery;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Evidence, beyond what all tables around a case have in common. */
final class EvidenceRows {
  private static final String SHOWN = EVIDENCE.selectShown("created_at");

  static final String LOCK =
      """
      SELECT evidence_id FROM evidence WHERE case_id = ? AND evidence_id = ANY (?)
      ORDER BY evidence_id FOR KEY SHARE
      """;

  private static final String DELETE = "DELETE FROM evidence WHERE case_id = ? AND evidence_id = ?";

  /**
   * After the deletion, which waits for whoever is about to link the evidence: it sees their links.
   */
  private static final String UNLINK =
      """
      UPDATE hypotheses SET evidence_links = (
          SELECT coalesce(jsonb_agg(link ORDER BY place), '[]')
          FROM jsonb_array_elements(evidence_links) WITH ORDINALITY AS links (link, place)
          WHERE link ->> 'evidence_id' <> ?)
      WHERE case_id = ?
        AND evidence_links @> jsonb_build_array(jsonb_build_object('evidence_id', ?::text))
      """;

  private final Connections connections;
  private final ChildRows<Evidence> rows;

  EvidenceRows(Connections connections) {
    this.connections = connections;
    rows = new ChildRows<>(connections, EVIDENCE, Evidence::caseId);
  }

  ChildRows<Evidence> rows() {
    return rows;
  }

  Uni<List<Evidence>> list(String caseId, EvidenceQuery query) {
    return rows.list(listed(rows.ofCase(caseId), query));
  }

  /** The same rows as they are shown. */
  Uni<List<ShownRow>> shown(String caseId, EvidenceQuery query) {
    return rows.shown(listed(new Statement(SHOWN + " WHERE case_id = ?", caseId), query));
  }

  private static Statement listed(Statement statement, EvidenceQuery query) {
    if (query.sourceType() != null) {
      statement.add("AND source_type = ?", query.sourceType().wireName());
    }
    if (query.form() != null) {
      statement.add("AND form = ?", query.form().wireName());
    }
    if (query.since() != null) {
      statement.add("AND created_at >= ?", Rows.utc(query.since()));
    }
    return statement
        .addIf(query.text(), "AND search @@ plainto_tsquery('english', ?)")
        .page("created_at", "evidence_id", query.newestFirst(), query.after(), query.limit());
  }

  /**
   * Those of the ids that are evidence of the case, which nobody deletes before the transaction
   * ends; in the order of the ids.
   */
  Uni<Set<String>> lock(String caseId, Collection<String> evidenceIds) {
    return connections
        .transaction(
            connection ->
                new Statement(LOCK, caseId, evidenceIds.toArray(String[]::new))
                    .all(connection, id -> id))
        .map(LinkedHashSet::new);
  }

  /** Deletes a piece of evidence, and the links of the case's hypotheses to it. */
  Uni<Boolean> delete(String caseId, String evidenceId) {
    return connections.transaction(
        connection ->
            new Statement(DELETE, caseId, evidenceId)
                .count(connection)
                .map(deleted -> deleted > 0)
                .call(
                    deleted ->
                        deleted
                            ? new Statement(UNLINK, evidenceId, caseId, evidenceId).run(connection)
                            : Uni.createFrom().voidItem()));
  }
}
