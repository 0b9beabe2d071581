package com.faultmaven.cases.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The end of a tool call.
 *
 * @param status success or failed
 * @param outputResult what it answered
 * @param errorMessage what went wrong, for a failed call alone
 */
@RegisterForReflection
@Schema(
    examples =
        """
        {"status": "success", "output_result": {"matches": 214}}
        """)
public record FinishedToolCall(
    @NotNull @Schema(examples = "success") ToolCallStatus status,
    @JsonColumn
        @Schema(
            type = SchemaType.OBJECT,
            implementation = Object.class,
            examples = "{\"matches\": 214}")
        @Nullable JsonNode outputResult,
    @Text @Size(max = Bounds.DESCRIPTION) @Nullable String errorMessage) {
  /**
   * Lets an error pass that goes with the status.
   *
   * @throws Problem 400 for the others
   */
  static void checkError(ToolCallStatus status, @Nullable String errorMessage) {
    if (errorMessage != null && status != ToolCallStatus.FAILED) {
      throw Problem.invalid("error_message", "is for a failed call alone");
    }
  }
}
