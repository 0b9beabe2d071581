package com.faultmaven.cases.api;

import com.faultmaven.common.id.Ids;
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
 * A solution to propose.
 *
 * @param description what to do
 * @param category what it is meant to do
 * @param linkedHypothesisId the hypothesis that it follows from
 * @param steps what to do, in order
 * @param verificationCriteria how to see that it has worked
 */
@RegisterForReflection
@Schema(
    examples =
        """
        {
          "description": "Raise the pool size to 40",
          "category": "fix",
          "steps": ["Set maximumPoolSize=40", "Restart checkout"],
          "verification_criteria": ["No timeout for 30 minutes"]
        }
        """)
public record NewSolution(
    @NotNull @Text @Size(max = Bounds.DESCRIPTION) @Schema(examples = "Raise the pool size to 40")
        String description,
    @NotNull @Schema(examples = "fix") SolutionCategory category,
    @Text @Size(max = Bounds.ID) @Nullable String linkedHypothesisId,
    @Size(max = Bounds.LIST)
        @Schema(examples = "[\"Set maximumPoolSize=40\", \"Restart checkout\"]")
        @Nullable List<@NotNull @Text @Size(max = Bounds.NOTE) String> steps,
    @Size(max = Bounds.LIST) @Schema(examples = "[\"No timeout for 30 minutes\"]")
        @Nullable List<@NotNull @Text @Size(max = Bounds.NOTE) String> verificationCriteria) {
  /** The solution, with an id of its own. */
  Solution of(String caseId, Instant now) {
    return new Solution(
        Ids.next(),
        caseId,
        description,
        category,
        SolutionStatus.PROPOSED,
        linkedHypothesisId,
        steps == null ? List.of() : steps,
        verificationCriteria == null ? List.of() : verificationCriteria,
        null,
        now,
        null);
  }
}
