package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A change of the system that may have to do with a problem.
 *
 * @param description what was changed
 * @param at when
 * @param changedBy who or what changed it
 * @param reference release, commit or ticket
 * @param suspicion how likely it is to have to do with it, 0 to 1
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "A change of the system that may have to do with a problem",
    additionalProperties = Schema.True.class)
public record SuspectedChange(
    @Schema(description = "What was changed") @Size(max = Bounds.NOTE) @Nullable String description,
    @Schema(description = "When") @Nullable Instant at,
    @Schema(description = "Who or what changed it") @Size(max = Bounds.NAME)
        @Nullable String changedBy,
    @Schema(description = "Release, commit or ticket") @Size(max = Bounds.NOTE)
        @Nullable String reference,
    @Schema(description = "How likely it is to have to do with it, 0 to 1")
        @DecimalMin("0")
        @DecimalMax("1")
        @Nullable Double suspicion) {}
