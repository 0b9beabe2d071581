package com.faultmaven.knowledge.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.Problem;
import com.faultmaven.common.web.ProblemDetail;
import com.faultmaven.knowledge.domain.Answers;
import com.faultmaven.knowledge.domain.DocumentFilter;
import com.faultmaven.knowledge.domain.KnowledgeBase;
import com.faultmaven.knowledge.domain.KnowledgeDocuments;
import com.faultmaven.knowledge.domain.Retrieval;
import com.faultmaven.knowledge.domain.embedding.Embedder;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * A user's own knowledge base (specification 5). Of somebody else's there is nothing to see, but
 * for admins.
 */
@Cancellable(false)
@Path("/api/v1/users/{user_id}/kb")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Knowledge base", description = "A user's own runbooks and procedures")
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
public final class UserKnowledgeResource {
  private final DocumentCalls calls;
  private final DocumentFiles files;
  private final KnowledgeDocuments documents;
  private final Retrieval retrieval;
  private final Answers answers;
  private final Embedder embedder;
  private final Caller caller;

  /** Wires the resource. */
  @Inject
  public UserKnowledgeResource(
      DocumentCalls calls,
      DocumentFiles files,
      KnowledgeDocuments documents,
      Retrieval retrieval,
      Answers answers,
      Embedder embedder,
      Caller caller) {
    this.calls = calls;
    this.files = files;
    this.documents = documents;
    this.retrieval = retrieval;
    this.answers = answers;
    this.embedder = embedder;
    this.caller = caller;
  }

  /** Adds documents. */
  @POST
  @Path("/documents")
  @Operation(
      summary = "Add one document, or several",
      description =
          "One document, a list, or {\"documents\": […]}: all are kept or none. Indexing goes on"
              + " afterwards, see status; ?wait=true waits for it. Files go to the same path as"
              + " multipart/form-data in parts named file, with title, document_type, tags"
              + " (comma-separated) and category beside them.")
  @APIResponse(
      responseCode = "201",
      description = "Kept; of several documents the answer is {\"items\": […]}",
      headers = @Header(name = "Location", description = "Path of the document"),
      content =
          @Content(schema = @Schema(oneOf = {DocumentResponse.class, DocumentsResponse.class})))
  @APIResponse(responseCode = "400", description = "A document cannot be taken")
  @APIResponse(responseCode = "409", description = "The document_id is taken")
  @APIResponse(responseCode = "413", description = "A document is larger than 1 MiB")
  @APIResponse(responseCode = "422", description = "The Idempotency-Key came with another request")
  public Uni<Response> addUserDocuments(
      @RestPath("user_id") String userId,
      @RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(oneOf = {DocumentRequest.class, DocumentsRequest.class})),
                @Content(
                    mediaType = MediaType.MULTIPART_FORM_DATA,
                    schema = @Schema(implementation = DocumentForm.class))
              })
          @Nullable JsonNode body,
      @Parameter(description = "Wait until indexed, at most 30 seconds")
          @RestQuery
          @DefaultValue("false")
          boolean wait,
      @Parameter(description = "Makes the request safe to repeat for 24 hours")
          @RestHeader("Idempotency-Key")
          @Nullable String key)
      throws JsonProcessingException {
    KnowledgeBase base = baseOf(userId);
    return calls.add(calls.read(base, pathOf(userId), body), caller.userId(), key, wait);
  }

  /** Adds documents that come as files. */
  @POST
  @Path("/documents")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(hidden = true)
  public Uni<Response> uploadUserDocuments(
      @RestPath("user_id") String userId,
      @RestForm("file") @Nullable List<FileUpload> file,
      @RestForm @Nullable String title,
      @RestForm("document_type") @Nullable String documentType,
      @RestForm @Nullable String tags,
      @RestForm @Nullable String category,
      @RestQuery @DefaultValue("false") boolean wait,
      @RestHeader("Idempotency-Key") @Nullable String key) {
    KnowledgeBase base = baseOf(userId);
    String callerId = caller.userId();
    String path = pathOf(userId);
    return files
        .read(file, title, documentType, tags, category)
        .map(read -> new DocumentCalls.Sent(base, path, read, read.size() == 1))
        .flatMap(sent -> calls.add(sent, callerId, key, wait));
  }

  /** Lists documents. */
  @GET
  @Path("/documents")
  @Operation(summary = "List documents", description = "The newest first, with a preview.")
  @APIResponse(responseCode = "200", description = "A page of documents")
  @APIResponse(responseCode = "400", description = "limit or offset is out of range")
  @APIResponse(responseCode = "404", description = "Not your knowledge base")
  public Uni<Page<DocumentResponse>> listUserDocuments(
      @RestPath("user_id") String userId,
      @Parameter(description = "How many, 1 to 200", example = "50") @RestQuery
          @Nullable Integer limit,
      @Parameter(description = "How many to pass over", example = "0") @RestQuery
          @Nullable Integer offset,
      @Parameter(description = "Only of this kind", example = "runbook") @RestQuery("document_type")
          @Nullable String documentType,
      @Parameter(description = "Only with this label") @RestQuery @Nullable String tag,
      @Parameter(description = "Only of this category") @RestQuery @Nullable String category) {
    return calls.list(
        baseOf(userId),
        new DocumentFilter(documentType, tag, category),
        PageRequest.of(limit, offset));
  }

  /** Reads a document. */
  @GET
  @Path("/documents/{document_id: .+}")
  @Operation(summary = "Read a document", description = "With its full text and its status.")
  @APIResponse(responseCode = "200", description = "The document")
  @APIResponse(responseCode = "404", description = "No such document, or not yours to see")
  public Uni<DocumentResponse> getUserDocument(
      @RestPath("user_id") String userId, @RestPath("document_id") String documentId) {
    return documents.get(baseOf(userId), documentId).map(DocumentResponse::whole);
  }

  /** Replaces a document. */
  @PUT
  @Path("/documents/{document_id: .+}")
  @Operation(
      summary = "Replace a document",
      description = "Its text and all that is known of it; it is indexed again.")
  @APIResponse(responseCode = "200", description = "The document as it is kept now")
  @APIResponse(responseCode = "400", description = "The document cannot be taken")
  @APIResponse(responseCode = "404", description = "No such document, or not yours to see")
  @APIResponse(responseCode = "413", description = "The document is larger than 1 MiB")
  public Uni<DocumentResponse> replaceUserDocument(
      @RestPath("user_id") String userId,
      @RestPath("document_id") String documentId,
      @NotNull DocumentRequest request,
      @Parameter(description = "Wait until indexed, at most 30 seconds")
          @RestQuery
          @DefaultValue("false")
          boolean wait) {
    return calls.replace(baseOf(userId), documentId, request, wait);
  }

  /** Deletes a document. */
  @DELETE
  @Path("/documents/{document_id: .+}")
  @Operation(summary = "Delete a document", description = "Nobody finds it from now on.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "No such document, or not yours to see")
  public Uni<Void> deleteUserDocument(
      @RestPath("user_id") String userId, @RestPath("document_id") String documentId) {
    return documents.delete(baseOf(userId), documentId);
  }

  /** Searches. */
  @POST
  @Path("/search")
  @Operation(
      summary = "Search by meaning",
      description = "The chunks that are nearest to the query, with the text around them.")
  @APIResponse(responseCode = "200", description = "Chunks, the nearest first")
  @APIResponse(responseCode = "400", description = "The request cannot be taken")
  @APIResponse(responseCode = "404", description = "Not your knowledge base")
  public Uni<SearchResponse> searchUserKnowledge(
      @RestPath("user_id") String userId, @Valid @NotNull SearchRequest request) {
    return retrieval
        .search(
            baseOf(userId), request.query(), request.limit(), FilterRequest.of(request.filter()))
        .map(SearchResponse::of);
  }

  /** Answers a question. */
  @POST
  @Path("/ask")
  @Operation(
      summary = "Ask a question",
      description =
          "The best passages, quoted, with their sources. What the own knowledge base does not know is asked of the global one. With Accept:"
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
  @APIResponse(responseCode = "404", description = "Not your knowledge base")
  public Uni<AnswerResponse> askUserKnowledge(
      @RestPath("user_id") String userId, @Valid @NotNull AskRequest request) {
    return answers
        .ask(baseOf(userId), request.question(), request.limit(), request.before())
        .map(AnswerResponse::of);
  }

  /** Answers a question piece by piece. */
  @POST
  @Path("/ask")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Multi<AnswerEvent> streamUserAnswer(
      @RestPath("user_id") String userId, @Valid @NotNull AskRequest request) {
    return answers
        .ask(baseOf(userId), request.question(), request.limit(), request.before())
        .onItem()
        .transformToMulti(AnswerEvent::of);
  }

  /** Counts. */
  @GET
  @Path("/stats")
  @Operation(summary = "Count documents, chunks and bytes")
  @APIResponse(responseCode = "200", description = "How much there is")
  @APIResponse(responseCode = "404", description = "Not your knowledge base")
  public Uni<StatsResponse> getUserKnowledgeStats(@RestPath("user_id") String userId) {
    return documents.stats(baseOf(userId)).map(stats -> StatsResponse.of(stats, embedder));
  }

  private KnowledgeBase baseOf(String userId) {
    if (!caller.is(userId) && !caller.isAdmin()) {
      throw Problem.notFound("knowledge base");
    }
    return KnowledgeBase.ofUser(userId);
  }

  private static String pathOf(String userId) {
    return "/api/v1/users/" + DocumentCalls.encoded(userId) + "/kb";
  }
}
