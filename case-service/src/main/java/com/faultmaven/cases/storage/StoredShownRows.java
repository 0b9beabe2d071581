package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.ShownRow;
import com.faultmaven.cases.domain.ShownRows;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.repository.EvidenceQuery;
import com.faultmaven.common.repository.MessageQuery;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/** Rows whose JSON PostgreSQL makes. */
final class StoredShownRows implements ShownRows {
  private final EvidenceRows evidence;
  private final HypothesisRows hypotheses;
  private final MessageRows messages;

  StoredShownRows(Connections connections) {
    evidence = new EvidenceRows(connections);
    hypotheses = new HypothesisRows(connections);
    messages = new MessageRows(connections);
  }

  @Override
  public Uni<List<ShownRow>> evidence(String caseId, EvidenceQuery query) {
    return evidence.shown(caseId, query);
  }

  @Override
  public Uni<List<ShownRow>> hypotheses(String caseId, Set<HypothesisStatus> statuses) {
    return hypotheses.shown(caseId, statuses);
  }

  @Override
  public Uni<List<ShownRow>> messages(String caseId, MessageQuery query) {
    return messages.shown(caseId, query);
  }
}
