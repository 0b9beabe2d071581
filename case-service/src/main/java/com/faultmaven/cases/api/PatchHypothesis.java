package com.faultmaven.cases.api;

import com.faultmaven.common.model.cases.ConfidenceLevel;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.HypothesisStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a hypothesis, a merge patch.
 *
 * @param description what is supposed
 * @param status how far it has been examined
 * @param confidenceLevel how sure one is; null clears it
 * @param reasoning why; null clears it
 */
@RegisterForReflection
@Schema(
    examples =
        """
        {"status": "testing", "confidence_level": "probable"}
        """)
public record PatchHypothesis(
    @Text @Size(max = Bounds.DESCRIPTION) @Nullable String description,
    @Schema(examples = "testing") @Nullable HypothesisStatus status,
    @Schema(examples = "probable") @Nullable ConfidenceLevel confidenceLevel,
    @Text @Size(max = Bounds.DESCRIPTION) @Schema(examples = "Forty workers share ten connections")
        @Nullable String reasoning) {
  /** The hypothesis with the changes. */
  static Hypothesis apply(MergePatch<PatchHypothesis> patch, Hypothesis old, Instant now) {
    PatchHypothesis sent = patch.values();
    return new Hypothesis(
        old.hypothesisId(),
        old.caseId(),
        patch.required("description", sent.description, old.description()),
        patch.required("status", sent.status, old.status()),
        patch.clearable("confidence_level", sent.confidenceLevel, old.confidenceLevel()),
        patch.clearable("reasoning", sent.reasoning, old.reasoning()),
        old.evidenceLinks(),
        old.createdAt(),
        now);
  }
}
