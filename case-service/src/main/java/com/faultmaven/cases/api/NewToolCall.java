package com.faultmaven.cases.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A tool call of the agent.
 *
 * @param toolName which tool
 * @param inputParams what it is called with, a JSON object
 * @param status how it stands; pending when it is not said
 * @param outputResult what it answered, for a finished call
 * @param errorMessage what went wrong, for a failed call alone
 */
@RegisterForReflection
@Schema(
    examples =
        """
        {"tool_name": "search_logs", "input_params": {"query": "timeout"}}
        """)
public record NewToolCall(
    @NotNull @Text @Size(max = Bounds.NAME) @Schema(examples = "search_logs") String toolName,
    @NotNull
        @JsonColumn
        @Schema(
            type = SchemaType.OBJECT,
            implementation = Object.class,
            examples = "{\"query\": \"timeout\"}")
        JsonNode inputParams,
    @Schema(examples = "pending") @Nullable ToolCallStatus status,
    @JsonColumn @Schema(type = SchemaType.OBJECT, implementation = Object.class)
        @Nullable JsonNode outputResult,
    @Text @Size(max = Bounds.DESCRIPTION) @Nullable String errorMessage) {
  /**
   * The call, with an id of its own.
   *
   * @throws Problem 400 when output and error do not go with the status
   */
  ToolCall of(String caseId, Instant now) {
    if (inputParams.isNull()) {
      throw Problem.invalid("input_params", "must not be null");
    }
    ToolCallStatus stands = status == null ? ToolCallStatus.PENDING : status;
    if (!stands.isTerminal() && outputResult != null && !outputResult.isNull()) {
      throw Problem.invalid("output_result", "is for a finished call");
    }
    FinishedToolCall.checkError(stands, errorMessage);
    return new ToolCall(
        Ids.next(),
        caseId,
        toolName,
        inputParams,
        outputResult,
        stands,
        errorMessage,
        now,
        stands.isTerminal() ? now : null);
  }
}
