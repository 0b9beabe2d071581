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
 * Column consulting_data: what was said before an investigation began (specification 3.2).
 *
 * @param problemStatement the problem as the agent has understood it
 * @param statementConfirmed whether the user agrees with it
 * @param confirmedAt when the user agreed
 * @param urgency how fast it has to be solved
 * @param environment where it happens, for example production
 * @param startedAt since when, as far as the user knows
 * @param recentChanges what the user remembers to have changed
 * @param alreadyTried what was tried without success
 * @param questions what the agent has asked, oldest first
 * @param investigate whether the user wants an investigation; null while undecided
 * @param decidedAt when the user decided
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "What was said before the investigation",
    additionalProperties = Schema.True.class,
    examples =
        """
        {
          "problem_statement": "Checkout answers 500 since the deploy at 09:00 UTC.",
          "statement_confirmed": true,
          "urgency": "high",
          "environment": "production",
          "already_tried": ["Restarted the pods"],
          "questions": [{"question": "Is the database reachable?", "answer": "Yes"}]
        }
        """)
public record ConsultingData(
    @Schema(description = "The problem as the agent has understood it") @Size(max = Bounds.TEXT)
        @Nullable String problemStatement,
    @Schema(description = "Whether the user agrees with it") @Nullable Boolean statementConfirmed,
    @Schema(description = "When the user agreed") @Nullable Instant confirmedAt,
    @Schema(description = "How fast it has to be solved") @Nullable Urgency urgency,
    @Schema(description = "Where it happens, for example production") @Size(max = Bounds.NAME)
        @Nullable String environment,
    @Schema(description = "Since when, as far as the user knows") @Nullable Instant startedAt,
    @Schema(description = "What the user remembers to have changed") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> recentChanges,
    @Schema(description = "What was tried without success") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> alreadyTried,
    @Schema(description = "What the agent has asked, oldest first") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Valid AskedQuestion> questions,
    @Schema(description = "Whether the user wants an investigation; null while undecided")
        @Nullable Boolean investigate,
    @Schema(description = "When the user decided") @Nullable Instant decidedAt) {}
