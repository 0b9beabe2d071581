package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Column problem_verification: symptoms and scope in one place (specification 3.2).
 *
 * @param verified whether the problem was seen, not only reported
 * @param symptoms what one sees, most telling first
 * @param errorMessages messages word for word
 * @param scope who and what is affected
 * @param severity how much it hurts
 * @param impact what it means for those affected
 * @param temporalState whether it is there at present
 * @param startedAt when it began
 * @param detectedAt when it was noticed
 * @param endedAt when it was over; null while it lasts
 * @param timeline what happened, oldest first
 * @param changes changes that may have to do with it, most suspect first
 * @param evidenceIds evidence of the case that shows the symptoms
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "Symptoms and scope of the problem",
    additionalProperties = Schema.True.class,
    examples =
        """
        {
          "verified": true,
          "symptoms": ["Connection timeouts in checkout"],
          "scope": {"statement": "Checkout alone", "services": ["checkout"], "share_affected": 0.4},
          "severity": "high",
          "temporal_state": "ongoing",
          "started_at": "2026-01-31T09:00:00Z",
          "changes": [{"description": "Release 4.2", "at": "2026-01-31T09:00:00Z", "suspicion": 0.8}]
        }
        """)
public record ProblemVerification(
    @Schema(description = "Whether the problem was seen, not only reported")
        @Nullable Boolean verified,
    @Schema(description = "What one sees, most telling first") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> symptoms,
    @Schema(description = "Messages word for word") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> errorMessages,
    @Schema(description = "Who and what is affected") @Valid @Nullable ProblemScope scope,
    @Schema(description = "How much it hurts") @Nullable Severity severity,
    @Schema(description = "What it means for those affected") @Size(max = Bounds.TEXT)
        @Nullable String impact,
    @Schema(description = "Whether it is there at present") @Nullable TemporalState temporalState,
    @Schema(description = "When it began") @Nullable Instant startedAt,
    @Schema(description = "When it was noticed") @Nullable Instant detectedAt,
    @Schema(description = "When it was over; null while it lasts") @Nullable Instant endedAt,
    @Schema(description = "What happened, oldest first") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Valid TimelineEvent> timeline,
    @Schema(description = "Changes that may have to do with it, most suspect first")
        @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Valid SuspectedChange> changes,
    @Schema(description = "Evidence of the case that shows the symptoms") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.ID) String> evidenceIds) {}
