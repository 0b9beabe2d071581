package com.faultmaven.cases.domain;

import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.EvidenceQuery;
import com.faultmaven.common.repository.MessageQuery;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/**
 * The lists around a case that are read most, as they are shown. They hold what the methods of
 * {@link CaseRepository} with the same parameters give.
 */
public interface ShownRows {
  /** As {@link CaseRepository#listEvidence}. */
  Uni<List<ShownRow>> evidence(String caseId, EvidenceQuery query);

  /** As {@link CaseRepository#listHypotheses}. */
  Uni<List<ShownRow>> hypotheses(String caseId, Set<HypothesisStatus> statuses);

  /** As {@link CaseRepository#getConversationThread}. */
  Uni<List<ShownRow>> messages(String caseId, MessageQuery query);
}
