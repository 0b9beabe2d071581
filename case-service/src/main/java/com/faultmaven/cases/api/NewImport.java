package com.faultmaven.cases.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Cases of the previous layout to take over.
 *
 * @param url the Redis that has them, where the settings allow to name one; null for that of the
 *     settings
 * @param pattern their keys, as Redis matches; null for that of the settings
 * @param dryRun whether everything is undone again; false when it is not said
 */
@RegisterForReflection
public record NewImport(
    @Text @Size(max = Bounds.NOTE) @Schema(examples = "redis://:password@redis.example.com:6379/0")
        @Nullable String url,
    @Text @Size(max = Bounds.TITLE) @Schema(examples = "case:*") @Nullable String pattern,
    @Schema(examples = "true") @Nullable Boolean dryRun) {
  /** Without the address, which may hold a password. */
  @Override
  public String toString() {
    return "NewImport[pattern=" + pattern + ", dryRun=" + dryRun + "]";
  }
}
