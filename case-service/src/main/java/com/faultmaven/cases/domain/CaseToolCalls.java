package com.faultmaven.cases.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.cases.domain.RowAdditions.Addition;
import com.faultmaven.common.model.cases.InvalidStatusTransitionException;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.repository.ToolCallQuery;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent's tool calls in a case (specification 3.2). */
@ApplicationScoped
public class CaseToolCalls {
  private static final String RESOURCE = "case.tool-calls";

  private final CaseStore store;
  private final CaseAccess access;
  private final CaseChanges changes;
  private final RowAdditions additions;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public CaseToolCalls(
      CaseStore store,
      CaseAccess access,
      CaseChanges changes,
      RowAdditions additions,
      Clock clock) {
    this.store = store;
    this.access = access;
    this.changes = changes;
    this.additions = additions;
    this.clock = clock;
  }

  /** Path of a case's tool calls. */
  public static String path(String caseId) {
    return Cases.path(caseId) + "/tool-calls";
  }

  /** Writes down a tool call, finished or not. */
  public Uni<Created<ToolCall>> add(Actor actor, String caseId, ToolCall call, Once once) {
    String location = path(caseId) + "/" + call.callId();
    return additions.add(
        actor,
        new Addition<>(
            caseId,
            RESOURCE,
            path(caseId),
            ToolCall.class,
            Created.now(location, call),
            cases -> cases.addToolCall(call)),
        once);
  }

  /**
   * Finishes a tool call.
   *
   * @return fails with {@link InvalidStatusTransitionException} when it is finished already
   */
  public Uni<ToolCall> finish(
      Actor actor,
      String caseId,
      String callId,
      ToolCallStatus status,
      @Nullable JsonNode output,
      @Nullable String error) {
    return changes
        .change(
            actor,
            caseId,
            RESOURCE,
            (tx, seen) ->
                store
                    .in(tx, Scope.of(actor))
                    .finishToolCall(caseId, callId, status, output, error, clock.instant()))
        .map(finished -> finished.orElseThrow(() -> Problem.notFound("tool call")));
  }

  /** Tool calls that the query asks for, newest first. */
  public Uni<List<ToolCall>> list(Actor actor, String caseId, ToolCallQuery query) {
    return access.rows(actor, caseId, RESOURCE, cases -> cases.listToolCalls(caseId, query));
  }
}
