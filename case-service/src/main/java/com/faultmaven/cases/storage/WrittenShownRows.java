package com.faultmaven.cases.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.cases.domain.ShownRow;
import com.faultmaven.cases.domain.ShownRows;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.EvidenceQuery;
import com.faultmaven.common.repository.MessageQuery;
import com.faultmaven.common.web.Cursor;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Rows of a repository that knows models alone. */
final class WrittenShownRows implements ShownRows {
  private final CaseRepository cases;
  private final ObjectMapper wire;

  /**
   * Rows of a repository.
   *
   * @param wire writes JSON as the API answers it
   */
  WrittenShownRows(CaseRepository cases, ObjectMapper wire) {
    this.cases = cases;
    this.wire = wire;
  }

  @Override
  public Uni<List<ShownRow>> evidence(String caseId, EvidenceQuery query) {
    return cases
        .listEvidence(caseId, query)
        .map(all -> written(all, row -> new Cursor(row.createdAt(), row.evidenceId())));
  }

  @Override
  public Uni<List<ShownRow>> hypotheses(String caseId, Set<HypothesisStatus> statuses) {
    return cases
        .listHypotheses(caseId, statuses)
        .map(all -> written(all, row -> new Cursor(row.createdAt(), row.hypothesisId())));
  }

  @Override
  public Uni<List<ShownRow>> messages(String caseId, MessageQuery query) {
    return cases
        .getConversationThread(caseId, query)
        .map(all -> written(all, row -> new Cursor(row.createdAt(), row.messageId())));
  }

  private <R> List<ShownRow> written(List<R> rows, Function<R, Cursor> place) {
    return rows.stream().map(row -> new ShownRow(json(row), () -> place.apply(row))).toList();
  }

  private String json(Object row) {
    try {
      return wire.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON", e);
    }
  }
}
