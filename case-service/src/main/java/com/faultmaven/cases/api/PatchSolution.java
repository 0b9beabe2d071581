package com.faultmaven.cases.api;

import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionCategory;
import com.faultmaven.common.model.cases.SolutionStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a solution, a merge patch.
 *
 * @param description what to do
 * @param category what it is meant to do
 * @param status how far it has come: proposed, applying, then applied or failed
 * @param linkedHypothesisId the hypothesis that it follows from; null clears it
 * @param steps what to do, in order; null empties the list
 * @param verificationCriteria how to see that it has worked; null empties the list
 * @param resultSummary what came of it; null clears it
 */
@RegisterForReflection
@Schema(
    examples =
        """
        {"status": "applying"}
        """)
public record PatchSolution(
    @Text @Size(max = Bounds.DESCRIPTION) @Nullable String description,
    @Nullable SolutionCategory category,
    @Schema(examples = "applying") @Nullable SolutionStatus status,
    @Text @Size(max = Bounds.ID) @Nullable String linkedHypothesisId,
    @Size(max = Bounds.LIST) @Nullable List<@NotNull @Text @Size(max = Bounds.NOTE) String> steps,
    @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Text @Size(max = Bounds.NOTE) String> verificationCriteria,
    @Text @Size(max = Bounds.DESCRIPTION) @Nullable String resultSummary) {
  /** The solution with the changes; a status that it has already is no step. */
  static Solution apply(MergePatch<PatchSolution> patch, Solution old, Instant now) {
    PatchSolution sent = patch.values();
    SolutionStatus next = patch.required("status", sent.status, old.status());
    Solution stepped = next == old.status() ? old : old.withStatus(next, null, now);
    return new Solution(
        old.solutionId(),
        old.caseId(),
        patch.required("description", sent.description, old.description()),
        patch.required("category", sent.category, old.category()),
        stepped.status(),
        patch.clearable("linked_hypothesis_id", sent.linkedHypothesisId, old.linkedHypothesisId()),
        list(patch.clearable("steps", sent.steps, old.steps())),
        list(
            patch.clearable(
                "verification_criteria", sent.verificationCriteria, old.verificationCriteria())),
        patch.clearable("result_summary", sent.resultSummary, old.resultSummary()),
        old.createdAt(),
        stepped.appliedAt());
  }

  private static List<String> list(@Nullable List<String> values) {
    return values == null ? List.of() : values;
  }
}
