package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Column investigation_progress: which milestones an investigation has reached (specification 3.2).
 * Further milestones may stand beside the known ones.
 *
 * @param symptomVerified the symptom was seen, not only reported
 * @param scopeAssessed it is known who and what is affected
 * @param timelineEstablished it is known when it began
 * @param changesIdentified it is known what changed before
 * @param rootCauseIdentified the cause is known
 * @param solutionProposed there is a way out
 * @param solutionApplied it was taken
 * @param solutionVerified it has helped
 * @param percentComplete how far the whole is, 0 to 100
 * @param nextSteps what is to be done next, most important first
 * @param blockedBy what keeps it from going on; null when nothing does
 * @param updatedAt when this was last brought up to date
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "Milestones of the investigation",
    additionalProperties = Schema.True.class,
    examples =
        """
        {
          "symptom_verified": {"reached": true, "reached_at": "2026-01-31T09:20:00Z"},
          "scope_assessed": {"reached": true, "note": "Checkout alone"},
          "root_cause_identified": {"reached": false},
          "percent_complete": 40,
          "next_steps": ["Compare the pool's size with that of the release before"]
        }
        """)
public record InvestigationProgress(
    @Schema(description = "The symptom was seen, not only reported") @Valid
        @Nullable Milestone symptomVerified,
    @Schema(description = "It is known who and what is affected") @Valid
        @Nullable Milestone scopeAssessed,
    @Schema(description = "It is known when it began") @Valid
        @Nullable Milestone timelineEstablished,
    @Schema(description = "It is known what changed before") @Valid
        @Nullable Milestone changesIdentified,
    @Schema(description = "The cause is known") @Valid @Nullable Milestone rootCauseIdentified,
    @Schema(description = "There is a way out") @Valid @Nullable Milestone solutionProposed,
    @Schema(description = "It was taken") @Valid @Nullable Milestone solutionApplied,
    @Schema(description = "It has helped") @Valid @Nullable Milestone solutionVerified,
    @Schema(description = "How far the whole is, 0 to 100") @Min(0) @Max(100)
        @Nullable Integer percentComplete,
    @Schema(description = "What is to be done next, most important first") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> nextSteps,
    @Schema(description = "What keeps it from going on; null when nothing does")
        @Size(max = Bounds.NOTE)
        @Nullable String blockedBy,
    @Schema(description = "When this was last brought up to date") @Nullable Instant updatedAt) {}
