package com.faultmaven.common.model.cases;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way out (specification 3.2, table solutions).
 *
 * @param solutionId id
 * @param caseId the case
 * @param description what to do
 * @param category what it is meant to do
 * @param status how far it has come
 * @param linkedHypothesisId the hypothesis that it follows from, null when none
 * @param steps what to do, in order
 * @param verificationCriteria how to see that it has worked
 * @param resultSummary what came of it, null before
 * @param createdAt when it was proposed
 * @param appliedAt when it was applied; set exactly when the status is applied
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Solution(
    String solutionId,
    String caseId,
    String description,
    SolutionCategory category,
    SolutionStatus status,
    @Nullable String linkedHypothesisId,
    List<String> steps,
    List<String> verificationCriteria,
    @Nullable String resultSummary,
    Instant createdAt,
    @Nullable Instant appliedAt) {
  public Solution {
    Checks.text(solutionId, "solution_id");
    Checks.text(caseId, "case_id");
    Checks.text(description, "description");
    requireNonNull(category, "category");
    requireNonNull(status, "status");
    steps = List.copyOf(steps);
    verificationCriteria = List.copyOf(verificationCriteria);
    requireNonNull(createdAt, "created_at");
    if ((status == SolutionStatus.APPLIED) != (appliedAt != null)) {
      throw new IllegalArgumentException("applied_at goes with the status applied");
    }
  }

  /**
   * The same solution in another status.
   *
   * @param result what came of it; null keeps what is there
   * @throws InvalidStatusTransitionException when the solution's status machine forbids it
   */
  public Solution withStatus(SolutionStatus next, @Nullable String result, Instant at) {
    if (!status.canBecome(next)) {
      throw new InvalidStatusTransitionException(
          status.wireName(),
          next.wireName(),
          "A solution goes proposed → applying → applied or failed.");
    }
    return new Solution(
        solutionId,
        caseId,
        description,
        category,
        next,
        linkedHypothesisId,
        steps,
        verificationCriteria,
        result == null ? resultSummary : result,
        createdAt,
        next == SolutionStatus.APPLIED ? at : null);
  }
}
