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
 * A step of an investigation that is either done or not.
 *
 * @param reached whether it is done
 * @param reachedAt when it was done; null before
 * @param evidenceIds evidence of the case that shows it
 * @param note what was found
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "A step of an investigation that is either done or not",
    additionalProperties = Schema.True.class)
public record Milestone(
    @Schema(description = "Whether it is done") @Nullable Boolean reached,
    @Schema(description = "When it was done; null before") @Nullable Instant reachedAt,
    @Schema(description = "Evidence of the case that shows it") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.ID) String> evidenceIds,
    @Schema(description = "What was found") @Size(max = Bounds.NOTE) @Nullable String note) {}
