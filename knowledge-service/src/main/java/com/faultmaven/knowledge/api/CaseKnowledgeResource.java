package com.faultmaven.knowledge.api;

import com.faultmaven.common.security.Caller;
import com.faultmaven.common.web.ProblemDetail;
import com.faultmaven.knowledge.domain.Answers;
import com.faultmaven.knowledge.domain.CaseAccess;
import com.faultmaven.knowledge.domain.Requester;
import com.faultmaven.knowledge.domain.Retrieval;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What was found in a case's files (specification 4.3). Whoever may read the case may ask. */
@Cancellable(false)
@Path("/api/v1/cases/{case_id}/knowledge")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Case knowledge", description = "What was found in a case's files")
@APIResponse(
    responseCode = "401",
    description = "No valid access token",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemDetail.class)))
@APIResponse(
    responseCode = "503",
    description = "A store is away, the model is not ready, or too much waits; try again",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemDetail.class)))
public final class CaseKnowledgeResource {
  private final CaseAccess access;
  private final Retrieval retrieval;
  private final Answers answers;
  private final Caller caller;

  /** Wires the resource. */
  @Inject
  public CaseKnowledgeResource(
      CaseAccess access, Retrieval retrieval, Answers answers, Caller caller) {
    this.access = access;
    this.retrieval = retrieval;
    this.answers = answers;
    this.caller = caller;
  }

  /** Searches. */
  @POST
  @Path("/search")
  @Operation(
      summary = "Search the case's files by meaning",
      description =
          "document_id is the file's id, title its name, document_type its type of data. A file can"
              + " be found shortly after it was processed.")
  @APIResponse(responseCode = "200", description = "Chunks, the nearest first")
  @APIResponse(responseCode = "400", description = "The request cannot be taken")
  @APIResponse(responseCode = "404", description = "No such case, or not yours to see")
  public Uni<SearchResponse> searchCaseKnowledge(
      @RestPath("case_id") String caseId, @Valid @NotNull SearchRequest request) {
    return access
        .requireReadable(caseId, requester())
        .chain(
            () ->
                retrieval.searchCase(
                    caseId, request.query(), request.limit(), FilterRequest.of(request.filter())))
        .map(SearchResponse::of);
  }

  /** Answers a question. */
  @POST
  @Path("/ask")
  @Operation(
      summary = "Ask a question about the case's files",
      description =
          "The best passages of what was found in them, quoted, with their sources. With Accept:"
              + " text/event-stream each citation comes as an event, then the whole answer.")
  @APIResponse(
      responseCode = "200",
      description = "The answer; answered_by none when nothing is near enough",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = AnswerResponse.class)),
        @Content(
            mediaType = MediaType.SERVER_SENT_EVENTS,
            schema = @Schema(implementation = AnswerEvent.class))
      })
  @APIResponse(responseCode = "400", description = "The request cannot be taken")
  @APIResponse(responseCode = "404", description = "No such case, or not yours to see")
  public Uni<AnswerResponse> askCaseKnowledge(
      @RestPath("case_id") String caseId, @Valid @NotNull AskRequest request) {
    return access
        .requireReadable(caseId, requester())
        .chain(() -> answers.askCase(caseId, request.question(), request.limit(), request.before()))
        .map(AnswerResponse::of);
  }

  /** Answers a question piece by piece. */
  @POST
  @Path("/ask")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Multi<AnswerEvent> streamCaseAnswer(
      @RestPath("case_id") String caseId, @Valid @NotNull AskRequest request) {
    return access
        .requireReadable(caseId, requester())
        .chain(() -> answers.askCase(caseId, request.question(), request.limit(), request.before()))
        .onItem()
        .transformToMulti(AnswerEvent::of);
  }

  private Requester requester() {
    return new Requester(caller.userId(), caller.isAdmin() || caller.isAnalyst(), caller.token());
  }
}
