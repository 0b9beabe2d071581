package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A decision in the course of an investigation.
 *
 * @param question what had to be decided
 * @param decision how it was decided
 * @param rationale why
 * @param decidedBy by whom: a user id, or agent
 * @param decidedAt when
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "A decision in the course of an investigation",
    additionalProperties = Schema.True.class)
public record PathDecision(
    @Schema(description = "What had to be decided") @Size(max = Bounds.NOTE)
        @Nullable String question,
    @Schema(description = "How it was decided") @Size(max = Bounds.NOTE) @Nullable String decision,
    @Schema(description = "Why") @Size(max = Bounds.TEXT) @Nullable String rationale,
    @Schema(description = "By whom: a user id, or agent") @Size(max = Bounds.NAME)
        @Nullable String decidedBy,
    @Schema(description = "When") @Nullable Instant decidedAt) {}
