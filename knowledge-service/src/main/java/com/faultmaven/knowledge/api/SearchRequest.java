package com.faultmaven.knowledge.api;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for.
 *
 * @param query in words
 * @param k at most so many chunks; 5 when left out
 * @param filter which chunks are looked at
 */
@Schema(name = "SearchRequest", description = "What is looked for, in words")
public record SearchRequest(
    @Schema(required = true, examples = "how to handle connection pool exhaustion")
        @NotBlank
        @Size(max = 2000)
        String query,
    @Schema(examples = "5", description = "At most so many chunks; 5 when left out")
        @Min(1)
        @Max(50)
        @Nullable Integer k,
    @Valid @Nullable FilterRequest filter) {
  private static final int DEFAULT_K = 5;

  /** How many chunks. */
  int limit() {
    return k == null ? DEFAULT_K : k;
  }
}
