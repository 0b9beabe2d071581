package com.faultmaven.cases.storage;

import com.faultmaven.common.model.cases.StatusTransition;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.repository.ToolCallQuery;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What is kept for the audit (specification 8.3): status transitions and tool calls. */
final class AuditRows {
  private final ChildRows<StatusTransition> transitions;
  private final ChildRows<ToolCall> toolCalls;

  AuditRows(Connections connections) {
    transitions = new ChildRows<>(connections, CaseTables.TRANSITIONS, StatusTransition::caseId);
    toolCalls = new ChildRows<>(connections, CaseTables.TOOL_CALLS, ToolCall::caseId);
  }

  ChildRows<ToolCall> toolCalls() {
    return toolCalls;
  }

  Uni<List<StatusTransition>> transitions(String caseId) {
    return transitions.list(trail(caseId));
  }

  Uni<List<ToolCall>> list(String caseId, ToolCallQuery query) {
    return toolCalls.list(listed(caseId, query));
  }

  private Statement trail(String caseId) {
    return transitions.ofCase(caseId).add("ORDER BY triggered_at, transition_id");
  }

  private Statement listed(String caseId, ToolCallQuery query) {
    Statement statement = toolCalls.ofCase(caseId).addIf(query.toolName(), "AND tool_name = ?");
    if (query.status() != null) {
      statement.add("AND status = ?", query.status().wireName());
    }
    return statement.page("called_at", "call_id", true, query.after(), query.limit());
  }
}
