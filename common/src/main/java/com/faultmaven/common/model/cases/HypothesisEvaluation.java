package com.faultmaven.common.model.cases;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;
import org.jspecify.annotations.Nullable;

/**
 * What one piece of evidence does to one hypothesis (specification 6.3, pattern 4).
 *
 * @param hypothesisId the hypothesis
 * @param status its status from now on
 * @param relationship what the evidence says about it
 * @param reasoning why; null keeps the reasoning that is there
 */
@JsonNaming(SnakeCaseStrategy.class)
public record HypothesisEvaluation(
    String hypothesisId,
    HypothesisStatus status,
    EvidenceRelationship relationship,
    @Nullable String reasoning) {
  public HypothesisEvaluation {
    Checks.text(hypothesisId, "hypothesis_id");
    requireNonNull(status, "status");
    requireNonNull(relationship, "relationship");
  }
}
