package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A question to the user.
 *
 * @param question the question
 * @param answer the answer; null while there is none
 * @param askedAt when it was asked
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "A question to the user", additionalProperties = Schema.True.class)
public record AskedQuestion(
    @Schema(description = "The question") @Size(max = Bounds.NOTE) @Nullable String question,
    @Schema(description = "The answer; null while there is none") @Size(max = Bounds.TEXT)
        @Nullable String answer,
    @Schema(description = "When it was asked") @Nullable Instant askedAt) {}
