package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CaseTables.HYPOTHESES;

import com.faultmaven.cases.domain.ShownRow;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.HypothesisEvaluation;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.repository.MissingRowException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hypotheses, beyond what all tables around a case have in common. */
final class HypothesisRows {
  private static final String SHOWN = HYPOTHESES.selectShown("created_at");

  private final Connections connections;
  private final ChildRows<Hypothesis> rows;

  HypothesisRows(Connections connections) {
    this.connections = connections;
    rows = new ChildRows<>(connections, HYPOTHESES, Hypothesis::caseId);
  }

  ChildRows<Hypothesis> rows() {
    return rows;
  }

  Uni<List<Hypothesis>> list(String caseId, Set<HypothesisStatus> statuses) {
    return rows.list(listed(rows.ofCase(caseId), statuses));
  }

  /** The same rows as they are shown. */
  Uni<List<ShownRow>> shown(String caseId, Set<HypothesisStatus> statuses) {
    return rows.shown(listed(new Statement(SHOWN + " WHERE case_id = ?", caseId), statuses));
  }

  private static Statement listed(Statement statement, Set<HypothesisStatus> statuses) {
    if (!statuses.isEmpty()) {
      statement.add("AND status = ANY (?)", (Object) CaseRows.names(statuses));
    }
    return statement.add("ORDER BY created_at, hypothesis_id");
  }

  /** Evaluates hypotheses in the light of one piece of evidence, all or nothing. */
  Uni<List<Hypothesis>> evaluate(
      String caseId, String evidenceId, List<HypothesisEvaluation> evaluations, Instant at) {
    return connections.transaction(
        connection ->
            requireEvidence(connection, caseId, evidenceId)
                .chain(() -> lock(connection, caseId, ids(evaluations)))
                .map(stored -> evaluated(stored, evidenceId, evaluations, at))
                .call(changed -> replace(connection, caseId, changed)));
  }

  /** Those of the ids that the case has, locked until the transaction ends. */
  Uni<List<Hypothesis>> lock(String caseId, Set<String> ids) {
    return connections.transaction(
        connection ->
            lock(connection, caseId, ids.toArray(String[]::new))
                .map(stored -> List.copyOf(stored.values())));
  }

  /** Locks in the order of the ids, so that two evaluations never wait for each other. */
  private Uni<Map<String, Hypothesis>> lock(SqlConnection connection, String caseId, String[] ids) {
    return rows.ofCase(caseId)
        .add("AND hypothesis_id = ANY (?) ORDER BY hypothesis_id FOR UPDATE", (Object) ids)
        .all(connection, Hypothesis.class)
        .map(
            found -> {
              Map<String, Hypothesis> stored = new LinkedHashMap<>();
              found.forEach(row -> stored.put(row.hypothesisId(), row));
              return stored;
            });
  }

  private static String[] ids(List<HypothesisEvaluation> evaluations) {
    return evaluations.stream().map(HypothesisEvaluation::hypothesisId).toArray(String[]::new);
  }

  private static List<Hypothesis> evaluated(
      Map<String, Hypothesis> stored,
      String evidenceId,
      List<HypothesisEvaluation> evaluations,
      Instant at) {
    List<Hypothesis> changed = new ArrayList<>();
    for (HypothesisEvaluation evaluation : evaluations) {
      String id = evaluation.hypothesisId();
      Hypothesis known = stored.get(id);
      if (known == null) {
        throw new MissingRowException("hypothesis", id);
      }
      Hypothesis next =
          known
              .addEvidenceLink(evidenceId, evaluation.relationship(), at)
              .withStatus(evaluation.status(), evaluation.reasoning(), at);
      stored.put(id, next);
      changed.add(next);
    }
    return changed;
  }

  private Uni<Integer> replace(
      SqlConnection connection, String caseId, List<Hypothesis> evaluated) {
    Map<String, Hypothesis> last = new LinkedHashMap<>();
    evaluated.forEach(row -> last.put(row.hypothesisId(), row));
    return rows.replace(connection, caseId, List.copyOf(last.values()));
  }

  /** Nobody deletes the evidence before the transaction ends. */
  private static Uni<Void> requireEvidence(
      SqlConnection connection, String caseId, String evidenceId) {
    return new Statement("SELECT case_id FROM cases WHERE case_id = ?", caseId)
        .run(connection)
        .invoke(found -> require(found.size() > 0, "case", caseId))
        .chain(
            () ->
                new Statement(EvidenceRows.LOCK, caseId, new String[] {evidenceId}).run(connection))
        .invoke(found -> require(found.size() > 0, "evidence", evidenceId))
        .replaceWithVoid();
  }

  private static void require(boolean found, String what, String id) {
    if (!found) {
      throw new MissingRowException(what, id);
    }
  }
}
