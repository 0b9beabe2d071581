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
 * Column escalation_state: to whom a case was handed, and how far they are (specification 3.2).
 *
 * @param status how far it has come
 * @param level line of support, 1 is the first, at most 10
 * @param reason why it was handed on
 * @param escalatedTo team or rota
 * @param responders who was called, in this order
 * @param reference ticket or incident in another system
 * @param summary what they were told
 * @param keyFindings what was known by then, most important first
 * @param escalatedAt when it was handed on
 * @param acknowledgedAt when somebody took it; null before
 * @param resolvedAt when it was done; null before
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "To whom the case was handed",
    additionalProperties = Schema.True.class,
    examples =
        """
        {
          "status": "acknowledged",
          "level": 2,
          "reason": "The database is run by another team",
          "escalated_to": "database-oncall",
          "responders": [{"name": "Kim", "role": "DBA", "acknowledged_at": "2026-01-31T09:55:00Z"}],
          "reference": "INC-4711"
        }
        """)
public record EscalationState(
    @Schema(description = "How far it has come") @Nullable EscalationStatus status,
    @Schema(description = "Line of support, 1 is the first, at most 10") @Min(1) @Max(10)
        @Nullable Integer level,
    @Schema(description = "Why it was handed on") @Size(max = Bounds.TEXT) @Nullable String reason,
    @Schema(description = "Team or rota") @Size(max = Bounds.NAME) @Nullable String escalatedTo,
    @Schema(description = "Who was called, in this order") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Valid Responder> responders,
    @Schema(description = "Ticket or incident in another system") @Size(max = Bounds.NOTE)
        @Nullable String reference,
    @Schema(description = "What they were told") @Size(max = Bounds.TEXT) @Nullable String summary,
    @Schema(description = "What was known by then, most important first") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> keyFindings,
    @Schema(description = "When it was handed on") @Nullable Instant escalatedAt,
    @Schema(description = "When somebody took it; null before") @Nullable Instant acknowledgedAt,
    @Schema(description = "When it was done; null before") @Nullable Instant resolvedAt) {}
