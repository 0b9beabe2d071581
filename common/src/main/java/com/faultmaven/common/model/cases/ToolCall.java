package com.faultmaven.common.model.cases;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One tool call of the agent (specification 3.2, table agent_tool_calls). A finished call never
 * changes.
 *
 * @param callId id
 * @param caseId the case
 * @param toolName which tool
 * @param inputParams what it was called with, a JSON object
 * @param outputResult what it answered, null before and for a failure
 * @param status how it stands
 * @param errorMessage what went wrong, for a failed call alone
 * @param calledAt when it began
 * @param completedAt when it ended; set exactly when the status is terminal
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ToolCall(
    String callId,
    String caseId,
    String toolName,
    JsonNode inputParams,
    @Nullable JsonNode outputResult,
    ToolCallStatus status,
    @Nullable String errorMessage,
    Instant calledAt,
    @Nullable Instant completedAt) {
  public ToolCall {
    Checks.text(callId, "call_id");
    Checks.text(caseId, "case_id");
    Checks.text(toolName, "tool_name");
    requireNonNull(inputParams, "input_params");
    outputResult = Checks.json(outputResult);
    requireNonNull(status, "status");
    requireNonNull(calledAt, "called_at");
    if (status.isTerminal() != (completedAt != null)) {
      throw new IllegalArgumentException("completed_at goes with a finished call");
    }
    if (errorMessage != null && status != ToolCallStatus.FAILED) {
      throw new IllegalArgumentException("error_message goes with a failed call");
    }
  }

  /**
   * The same call, finished.
   *
   * @throws InvalidStatusTransitionException when it is finished already, or the status is pending
   */
  public ToolCall finish(
      ToolCallStatus next, @Nullable JsonNode output, @Nullable String error, Instant at) {
    if (status.isTerminal() || !next.isTerminal()) {
      throw new InvalidStatusTransitionException(
          status.wireName(),
          next.wireName(),
          "A tool call goes pending → success or failed, once.");
    }
    return new ToolCall(callId, caseId, toolName, inputParams, output, next, error, calledAt, at);
  }
}
