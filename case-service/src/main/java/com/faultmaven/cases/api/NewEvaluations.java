package com.faultmaven.cases.api;

import com.faultmaven.common.model.cases.EvidenceRelationship;
import com.faultmaven.common.model.cases.HypothesisEvaluation;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What one piece of evidence does to several hypotheses.
 *
 * @param evidenceId evidence of the case
 * @param results one for each hypothesis that it bears on
 */
@RegisterForReflection
public record NewEvaluations(
    @NotNull @Text @Size(max = Bounds.ID) String evidenceId,
    @NotNull @Size(min = 1, max = Bounds.BATCH) List<@NotNull @Valid Result> results) {
  /**
   * What the evidence does to one hypothesis.
   *
   * @param hypothesisId the hypothesis
   * @param status its status from now on
   * @param relationship what the evidence says about it
   * @param reasoning why; the reasoning that is there stays when none is given
   */
  @RegisterForReflection
  @Schema(name = "EvaluationResult")
  public record Result(
      @NotNull @Text @Size(max = Bounds.ID) String hypothesisId,
      @NotNull @Schema(examples = "validated") HypothesisStatus status,
      @NotNull @Schema(examples = "supports") EvidenceRelationship relationship,
      @Text
          @Size(max = Bounds.DESCRIPTION)
          @Schema(examples = "The pool was at its limit when the errors began")
          @Nullable String reasoning) {}

  /**
   * The evaluations.
   *
   * @throws Problem 400 when they name a hypothesis twice
   */
  List<HypothesisEvaluation> of() {
    if (results.stream().map(Result::hypothesisId).distinct().count() != results.size()) {
      throw Problem.invalid("results", "must not name a hypothesis twice");
    }
    return results.stream()
        .map(
            result ->
                new HypothesisEvaluation(
                    result.hypothesisId, result.status, result.relationship, result.reasoning))
        .toList();
  }
}
