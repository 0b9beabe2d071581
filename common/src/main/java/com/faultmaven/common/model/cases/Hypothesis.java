package com.faultmaven.common.model.cases;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A supposed cause (specification 3.2, table hypotheses).
 *
 * @param hypothesisId id
 * @param caseId the case
 * @param description what is supposed
 * @param status how far it has been examined
 * @param confidenceLevel how sure one is, null when nobody has said
 * @param reasoning why, null when nobody has said
 * @param evidenceLinks what speaks for and against, at most one link for each piece of evidence
 * @param createdAt when it was put up
 * @param updatedAt when it last changed, not before createdAt
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Hypothesis(
    String hypothesisId,
    String caseId,
    String description,
    HypothesisStatus status,
    @Nullable ConfidenceLevel confidenceLevel,
    @Nullable String reasoning,
    List<EvidenceLink> evidenceLinks,
    Instant createdAt,
    Instant updatedAt) {
  public Hypothesis {
    Checks.text(hypothesisId, "hypothesis_id");
    Checks.text(caseId, "case_id");
    Checks.text(description, "description");
    requireNonNull(status, "status");
    evidenceLinks = List.copyOf(evidenceLinks);
    requireNonNull(createdAt, "created_at");
    requireNonNull(updatedAt, "updated_at");
    long linked = evidenceLinks.stream().map(EvidenceLink::evidenceId).distinct().count();
    if (linked != evidenceLinks.size()) {
      throw new IllegalArgumentException("evidence_links name a piece of evidence twice");
    }
  }

  /** The same hypothesis with a link; an older link to the same evidence gives way. */
  public Hypothesis addEvidenceLink(
      String evidenceId, EvidenceRelationship relationship, Instant at) {
    List<EvidenceLink> links = new ArrayList<>(evidenceLinks);
    links.removeIf(link -> link.evidenceId().equals(evidenceId));
    links.add(new EvidenceLink(evidenceId, relationship));
    return new Hypothesis(
        hypothesisId,
        caseId,
        description,
        status,
        confidenceLevel,
        reasoning,
        links,
        createdAt,
        at);
  }

  /** The same hypothesis in another status, with the reasoning when one is given. */
  public Hypothesis withStatus(HypothesisStatus next, @Nullable String why, Instant at) {
    return new Hypothesis(
        hypothesisId,
        caseId,
        description,
        next,
        confidenceLevel,
        why == null ? reasoning : why,
        evidenceLinks,
        createdAt,
        at);
  }
}
