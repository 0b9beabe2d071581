package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CaseTables.EVIDENCE;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.repository.EvidenceQuery;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Evidence, beyond what all tables around a case have in common. */
final class EvidenceRows {
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
    return rows.list(listed(caseId, query));
  }

  private Statement listed(String caseId, EvidenceQuery query) {
    Statement statement = rows.ofCase(caseId);
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

  /** Deletes a piece of evidence, and the links of the case's hypotheses to it. */
  Uni<Boolean> delete(String caseId, String evidenceId) {
    return connections.writing(
        connection ->
            new Statement(
                    """
                    WITH gone AS (
                        DELETE FROM evidence WHERE case_id = ? AND evidence_id = ?
                        RETURNING case_id, evidence_id),
                    unlinked AS (
                        UPDATE hypotheses SET evidence_links = (
                            SELECT coalesce(jsonb_agg(link ORDER BY place), '[]')
                            FROM jsonb_array_elements(evidence_links)
                                WITH ORDINALITY AS links (link, place)
                            WHERE link ->> 'evidence_id' <> gone.evidence_id)
                        FROM gone
                        WHERE hypotheses.case_id = gone.case_id
                          AND evidence_links
                              @> jsonb_build_array(jsonb_build_object('evidence_id', gone.evidence_id)))
                    SELECT evidence_id FROM gone
                    """,
                    caseId,
                    evidenceId)
                .run(connection)
                .map(gone -> gone.size() > 0));
  }
}
