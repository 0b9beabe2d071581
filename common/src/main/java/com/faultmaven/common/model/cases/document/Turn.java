package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation: a question of the user with the answer of the agent.
 *
 * @param at when it ended
 * @param outcome what it brought
 * @param summary what was done
 * @param milestonesReached names of milestones reached in it
 * @param messageIds its messages
 * @param evidenceIds evidence that came in
 * @param hypothesisIds hypotheses that were put up or changed
 * @param solutionIds solutions that were proposed or changed
 * @param toolCallIds tool calls that were made
 * @param nextAction what is to be done next
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "One turn of a conversation: a question of the user with the answer of the agent",
    additionalProperties = Schema.True.class)
public record Turn(
    @Schema(description = "When it ended") @Nullable Instant at,
    @Schema(description = "What it brought") @Nullable TurnOutcome outcome,
    @Schema(description = "What was done") @Size(max = Bounds.NOTE) @Nullable String summary,
    @Schema(description = "Names of milestones reached in it") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NAME) String> milestonesReached,
    @Schema(description = "Its messages") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.ID) String> messageIds,
    @Schema(description = "Evidence that came in") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.ID) String> evidenceIds,
    @Schema(description = "Hypotheses that were put up or changed") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.ID) String> hypothesisIds,
    @Schema(description = "Solutions that were proposed or changed") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.ID) String> solutionIds,
    @Schema(description = "Tool calls that were made") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.ID) String> toolCallIds,
    @Schema(description = "What is to be done next") @Size(max = Bounds.NOTE)
        @Nullable String nextAction) {}
