package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who was called.
 *
 * @param name who
 * @param role as what
 * @param notifiedAt when they were called
 * @param acknowledgedAt when they answered; null before
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "Somebody who was called", additionalProperties = Schema.True.class)
public record Responder(
    @Schema(description = "Who") @Size(max = Bounds.NAME) @Nullable String name,
    @Schema(description = "As what") @Size(max = Bounds.NAME) @Nullable String role,
    @Schema(description = "When they were called") @Nullable Instant notifiedAt,
    @Schema(description = "When they answered; null before") @Nullable Instant acknowledgedAt) {}
