package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened at a time.
 *
 * @param at when
 * @param description what
 * @param source where it is known from: a person, a tool, an evidence id
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "Something that happened at a time", additionalProperties = Schema.True.class)
public record TimelineEvent(
    @Schema(description = "When") @Nullable Instant at,
    @Schema(description = "What") @Size(max = Bounds.NOTE) @Nullable String description,
    @Schema(description = "Where it is known from: a person, a tool, an evidence id")
        @Size(max = Bounds.NAME)
        @Nullable String source) {}
