package com.faultmaven.cases.api;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.ConfidenceLevel;
import com.faultmaven.common.model.cases.EvidenceLink;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A hypothesis to put up.
 *
 * @param description what is supposed
 * @param status how far it has been examined; exploring when it is not said
 * @param confidenceLevel how sure one is
 * @param reasoning why
 * @param evidenceLinks what speaks for and against, at most one link for each piece of evidence
 */
@RegisterForReflection
@Schema(
    examples =
        """
        {
          "description": "The pool is too small for the new worker count",
          "confidence_level": "speculation"
        }
        """)
public record NewHypothesis(
    @NotNull
        @Text
        @Size(max = Bounds.DESCRIPTION)
        @Schema(examples = "The pool is too small for the new worker count")
        String description,
    @Schema(examples = "exploring") @Nullable HypothesisStatus status,
    @Schema(examples = "speculation") @Nullable ConfidenceLevel confidenceLevel,
    @Text @Size(max = Bounds.DESCRIPTION) @Nullable String reasoning,
    @Size(max = Bounds.LIST) @Nullable List<@NotNull @Valid NewLink> evidenceLinks) {
  /**
   * The hypothesis, with an id of its own.
   *
   * @throws Problem 400 when it links a piece of evidence twice
   */
  Hypothesis of(String caseId, Instant now) {
    List<EvidenceLink> links =
        evidenceLinks == null ? List.of() : evidenceLinks.stream().map(NewLink::of).toList();
    if (links.stream().map(EvidenceLink::evidenceId).distinct().count() != links.size()) {
      throw Problem.invalid("evidence_links", "must not name a piece of evidence twice");
    }
    return new Hypothesis(
        Ids.next(),
        caseId,
        description,
        status == null ? HypothesisStatus.EXPLORING : status,
        confidenceLevel,
        reasoning,
        links,
        now,
        now);
  }
}
