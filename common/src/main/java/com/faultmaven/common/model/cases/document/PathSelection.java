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
 * Column path_selection: how the investigation goes about it, and what was decided on the way
 * (specification 3.2).
 *
 * @param path what is done first
 * @param automatic whether the agent chose it by itself
 * @param selectedBy who chose it: a user id, or agent
 * @param selectedAt when
 * @param rationale why
 * @param alternatives what else was possible
 * @param urgency how fast it has to be solved
 * @param temporalState whether the problem was there when it was chosen
 * @param decisions further decisions, oldest first
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "How the investigation goes about it",
    additionalProperties = Schema.True.class,
    examples =
        """
        {
          "path": "mitigation_first",
          "automatic": true,
          "selected_by": "agent",
          "rationale": "Customers cannot pay.",
          "alternatives": ["root_cause_first"],
          "urgency": "critical",
          "decisions": [{"question": "Roll back release 4.2?", "decision": "Yes", "decided_by": "agent"}]
        }
        """)
public record PathSelection(
    @Schema(description = "What is done first") @Nullable InvestigationPath path,
    @Schema(description = "Whether the agent chose it by itself") @Nullable Boolean automatic,
    @Schema(description = "Who chose it: a user id, or agent") @Size(max = Bounds.NAME)
        @Nullable String selectedBy,
    @Schema(description = "When") @Nullable Instant selectedAt,
    @Schema(description = "Why") @Size(max = Bounds.TEXT) @Nullable String rationale,
    @Schema(description = "What else was possible") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> alternatives,
    @Schema(description = "How fast it has to be solved") @Nullable Urgency urgency,
    @Schema(description = "Whether the problem was there when it was chosen")
        @Nullable TemporalState temporalState,
    @Schema(description = "Further decisions, oldest first") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Valid PathDecision> decisions) {}
