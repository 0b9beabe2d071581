package com.faultmaven.common.model.cases;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;

/**
 * What a piece of evidence says about a hypothesis (specification 3.2).
 *
 * @param evidenceId evidence of the same case
 * @param relationship whether it speaks for or against
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EvidenceLink(String evidenceId, EvidenceRelationship relationship) {
  public EvidenceLink {
    Checks.text(evidenceId, "evidence_id");
    requireNonNull(relationship, "relationship");
  }
}
