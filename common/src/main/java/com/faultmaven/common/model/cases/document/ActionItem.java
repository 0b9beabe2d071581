package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done after a problem.
 *
 * @param description what
 * @param owner who does it
 * @param status how far it has come
 * @param reference its ticket
 * @param dueAt until when
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "Something to be done after a problem",
    additionalProperties = Schema.True.class)
public record ActionItem(
    @Schema(description = "What") @Size(max = Bounds.NOTE) @Nullable String description,
    @Schema(description = "Who does it") @Size(max = Bounds.NAME) @Nullable String owner,
    @Schema(description = "How far it has come") @Nullable ActionItemStatus status,
    @Schema(description = "Its ticket") @Size(max = Bounds.NOTE) @Nullable String reference,
    @Schema(description = "Until when") @Nullable Instant dueAt) {}
