package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.cases.ConfidenceLevel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Column working_conclusion: what is thought at present, put together from the hypotheses
 * (specification 3.2).
 *
 * @param summary the conclusion
 * @param confidence how sure one is, 0 to 1
 * @param confidenceLevel the same in words
 * @param reasoning why
 * @param hypothesisId the hypothesis of the case that it rests on
 * @param supportingEvidenceIds evidence of the case that speaks for it
 * @param refutingEvidenceIds evidence of the case that speaks against it
 * @param openQuestions what is not known yet
 * @param nextSteps what would make it surer, most important first
 * @param updatedAt when it was last thought over
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "What is thought at present",
    additionalProperties = Schema.True.class,
    examples =
        """
        {
          "summary": "The connection pool is exhausted",
          "confidence": 0.7,
          "confidence_level": "probable",
          "reasoning": "Every timeout waits for a connection, the database itself is idle.",
          "open_questions": ["Who holds the connections?"]
        }
        """)
public record WorkingConclusion(
    @Schema(description = "The conclusion") @Size(max = Bounds.TEXT) @Nullable String summary,
    @Schema(description = "How sure one is, 0 to 1") @DecimalMin("0") @DecimalMax("1")
        @Nullable Double confidence,
    @Schema(description = "The same in words") @Nullable ConfidenceLevel confidenceLevel,
    @Schema(description = "Why") @Size(max = Bounds.TEXT) @Nullable String reasoning,
    @Schema(description = "The hypothesis of the case that it rests on")
        @Size(min = 1, max = Bounds.ID)
        @Nullable String hypothesisId,
    @Schema(description = "Evidence of the case that speaks for it") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.ID) String> supportingEvidenceIds,
    @Schema(description = "Evidence of the case that speaks against it") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.ID) String> refutingEvidenceIds,
    @Schema(description = "What is not known yet") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> openQuestions,
    @Schema(description = "What would make it surer, most important first") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> nextSteps,
    @Schema(description = "When it was last thought over") @Nullable Instant updatedAt) {}
