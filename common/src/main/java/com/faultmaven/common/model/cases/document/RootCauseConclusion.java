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
 * Column root_cause_conclusion: the final diagnosis (specification 3.2).
 *
 * @param rootCause the cause
 * @param category what kind of cause it is
 * @param mechanism how the cause leads to the symptoms
 * @param trigger what set it off
 * @param contributingFactors what made it worse or possible
 * @param confidence how sure one is, 0 to 1
 * @param confidenceLevel the same in words
 * @param hypothesisId the validated hypothesis of the case
 * @param evidenceIds evidence of the case that proves it
 * @param determinedAt when it was found
 * @param determinedBy who found it: a user id, or agent
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "The final diagnosis",
    additionalProperties = Schema.True.class,
    examples =
        """
        {
          "root_cause": "Release 4.2 set the pool to 10 connections, 40 are needed",
          "category": "configuration",
          "mechanism": "Requests wait for a connection until they time out.",
          "contributing_factors": ["No alert on waiting requests"],
          "confidence": 0.95,
          "determined_by": "agent"
        }
        """)
public record RootCauseConclusion(
    @Schema(description = "The cause") @Size(max = Bounds.TEXT) @Nullable String rootCause,
    @Schema(description = "What kind of cause it is") @Nullable RootCauseCategory category,
    @Schema(description = "How the cause leads to the symptoms") @Size(max = Bounds.TEXT)
        @Nullable String mechanism,
    @Schema(description = "What set it off") @Size(max = Bounds.NOTE) @Nullable String trigger,
    @Schema(description = "What made it worse or possible") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> contributingFactors,
    @Schema(description = "How sure one is, 0 to 1") @DecimalMin("0") @DecimalMax("1")
        @Nullable Double confidence,
    @Schema(description = "The same in words") @Nullable ConfidenceLevel confidenceLevel,
    @Schema(description = "The validated hypothesis of the case") @Size(min = 1, max = Bounds.ID)
        @Nullable String hypothesisId,
    @Schema(description = "Evidence of the case that proves it") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.ID) String> evidenceIds,
    @Schema(description = "When it was found") @Nullable Instant determinedAt,
    @Schema(description = "Who found it: a user id, or agent") @Size(max = Bounds.NAME)
        @Nullable String determinedBy) {}
