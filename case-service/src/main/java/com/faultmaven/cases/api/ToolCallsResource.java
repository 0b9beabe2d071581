package com.faultmaven.cases.api;

import com.faultmaven.cases.domain.Actor;
import com.faultmaven.cases.domain.CaseToolCalls;
import com.faultmaven.cases.domain.Once;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.repository.ToolCallQuery;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.common.web.ProblemDetail;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Tool calls of the agent. */
@Cancellable(false)
@Path("/api/v1/cases/{case_id}/tool-calls")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tool calls", description = "Audit of the agent's tool calls")
@APIResponse(
    responseCode = "400",
    description = "The request cannot be read",
    content = @Content(schema = @Schema(implementation = ProblemDetail.class)))
@APIResponse(
    responseCode = "401",
    description = "No valid access token",
    content = @Content(schema = @Schema(implementation = ProblemDetail.class)))
@APIResponse(
    responseCode = "404",
    description = "No such thing for the caller",
    content = @Content(schema = @Schema(implementation = ProblemDetail.class)))
public class ToolCallsResource {
  private final CaseToolCalls calls;
  private final Caller caller;
  private final Clock clock;

  /** Wires the resource. */
  @Inject
  public ToolCallsResource(CaseToolCalls calls, Caller caller, Clock clock) {
    this.calls = calls;
    this.caller = caller;
    this.clock = clock;
  }

  /** Writes down a tool call. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Write down a tool call")
  @APIResponseSchema(value = ToolCall.class, responseCode = "201")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "422", description = "The Idempotency-Key came with another request")
  public Uni<Response> addToolCall(
      @RestPath("case_id") String caseId,
      @RestHeader("Idempotency-Key") @Nullable String key,
      @Valid @NotNull NewToolCall request) {
    return calls
        .add(Actor.of(caller), caseId, request.of(caseId, clock.instant()), new Once(key, request))
        .map(Created::toResponse);
  }

  /** Lists tool calls. */
  @GET
  @Operation(summary = "List a case's tool calls, newest first")
  @APIResponse(responseCode = "200", description = "A page by cursor")
  public Uni<CursorPage<ToolCall>> listToolCalls(
      @RestPath("case_id") String caseId,
      @Parameter(description = "Only of this tool", example = "search_logs") @RestQuery("tool_name")
          @Nullable String toolName,
      @Parameter(description = "Only in this status", example = "failed") @RestQuery
          @Nullable String status,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200"))
          @RestQuery
          @Nullable String limit,
      @Parameter(description = "next_cursor of the page before") @RestQuery
          @Nullable String cursor) {
    int size = QueryTexts.limit(limit);
    ToolCallQuery query =
        new ToolCallQuery(
            QueryTexts.text("tool_name", toolName, Bounds.NAME),
            QueryTexts.one("status", ToolCallStatus.class, status),
            Cursor.decode(cursor),
            size + 1);
    return calls
        .list(Actor.of(caller), caseId, query)
        .map(
            found ->
                CaseAnswers.page(found, size, call -> new Cursor(call.calledAt(), call.callId())));
  }

  /** Finishes a tool call. */
  @PATCH
  @Path("{call_id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Finish a tool call, once",
      description = "pending → success or failed; a finished call never changes.")
  @APIResponse(responseCode = "200", description = "The finished call")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "409", description = "invalid-status-transition")
  public Uni<ToolCall> finishToolCall(
      @RestPath("case_id") String caseId,
      @RestPath("call_id") String callId,
      @Valid @NotNull FinishedToolCall request) {
    FinishedToolCall.checkError(request.status(), request.errorMessage());
    return calls.finish(
        Actor.of(caller),
        caseId,
        callId,
        request.status(),
        request.outputResult(),
        request.errorMessage());
  }
}
