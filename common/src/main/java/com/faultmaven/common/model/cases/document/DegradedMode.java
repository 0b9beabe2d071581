package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Column degraded_mode: what works only in part while a case is worked on (specification 3.2).
 *
 * @param active whether it is so at present
 * @param reason why
 * @param explanation why, in words
 * @param unavailable what does not work
 * @param stillWorks what works nevertheless
 * @param workarounds what can be done instead
 * @param attempts how often leaving it was tried, from 0
 * @param enteredAt since when
 * @param endedAt until when; null while it lasts
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "What works only in part",
    additionalProperties = Schema.True.class,
    examples =
        """
        {
          "active": true,
          "reason": "tool_unavailable",
          "explanation": "The metrics server does not answer.",
          "unavailable": ["Metrics of the last hour"],
          "workarounds": ["The user sends screenshots of the dashboard"],
          "entered_at": "2026-01-31T09:40:00Z"
        }
        """)
public record DegradedMode(
    @Schema(description = "Whether it is so at present") @Nullable Boolean active,
    @Schema(description = "Why") @Nullable DegradedReason reason,
    @Schema(description = "Why, in words") @Size(max = Bounds.TEXT) @Nullable String explanation,
    @Schema(description = "What does not work") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> unavailable,
    @Schema(description = "What works nevertheless") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> stillWorks,
    @Schema(description = "What can be done instead") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> workarounds,
    @Schema(description = "How often leaving it was tried, from 0") @Min(0) @Max(100000)
        @Nullable Integer attempts,
    @Schema(description = "Since when") @Nullable Instant enteredAt,
    @Schema(description = "Until when; null while it lasts") @Nullable Instant endedAt) {}
