package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Column turn_progress: what each turn of the conversation brought (specification 3.2). Turns are
 * members of an object, by number, so that a merge patch adds one without sending the others.
 *
 * @param currentTurn number of the last turn; 0 before the first
 * @param turnsWithoutProgress how many turns in a row brought nothing, from 0
 * @param turns the turns by their number, from {@code "1"}
 * @param updatedAt when this was last brought up to date
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "What each turn of the conversation brought",
    additionalProperties = Schema.True.class,
    examples =
        """
        {
          "current_turn": 2,
          "turns_without_progress": 0,
          "turns": {
            "1": {"outcome": "answer_needed", "summary": "Asked for the logs"},
            "2": {"outcome": "progress", "milestones_reached": ["symptom_verified"]}
          }
        }
        """)
public record TurnProgress(
    @Schema(description = "Number of the last turn; 0 before the first") @Min(0) @Max(Bounds.TURNS)
        @Nullable Integer currentTurn,
    @Schema(description = "How many turns in a row brought nothing, from 0")
        @Min(0)
        @Max(Bounds.TURNS)
        @Nullable Integer turnsWithoutProgress,
    @Schema(description = "The turns by their number, from 1") @Size(max = Bounds.TURNS)
        @Nullable
            Map<
                @Pattern(
                    regexp = "[1-9][0-9]{0,5}",
                    message = "must be the number of a turn, from 1")
                String,
                @NotNull @Valid Turn>
            turns,
    @Schema(description = "When this was last brought up to date") @Nullable Instant updatedAt) {}
