package com.faultmaven.artifact.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.artifact.domain.CaseAccess;
import com.faultmaven.artifact.domain.CaseFiles;
import com.faultmaven.artifact.domain.Decision;
import com.faultmaven.artifact.domain.Requester;
import com.faultmaven.artifact.domain.UploadAnswer;
import com.faultmaven.artifact.domain.UploadAnswer.FileAnswer;
import com.faultmaven.artifact.domain.UploadRequest;
import com.faultmaven.artifact.domain.Uploads;
import com.faultmaven.common.model.artifact.PreprocessingResult;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.thread.CallerContext;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.Problem;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The files of a case (API, artifact-service). */
@Cancellable(false)
@Path("/api/v1/cases/{case_id}/files")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Files", description = "Uploaded files and what preprocessing finds in them")
public class CaseFilesResource {
  private static final int MAX_QUERY = 2_000;
  private static final int MAX_PASSAGES = 50;
  private static final int DEFAULT_PASSAGES = 5;
  private static final int MAX_SESSION_ID = 200;

  private final CaseAccess access;
  private final CaseFiles files;
  private final Uploads uploads;
  private final MultipartReceiver receiver;
  private final Caller caller;

  /** Wires the resource. */
  public CaseFilesResource(
      CaseAccess access,
      CaseFiles files,
      Uploads uploads,
      MultipartReceiver receiver,
      Caller caller) {
    this.access = access;
    this.files = files;
    this.uploads = uploads;
    this.receiver = receiver;
    this.caller = caller;
  }

  /** Takes one or several files in. */
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      summary = "Upload one or several files",
      description =
          "Classifies, extracts, redacts and stores each file. A text of 100 KB and more or an image"
              + " of 5 MB and more without processing_mode waits for a choice (202). Several files"
              + " are processed in parallel and answered by a list.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = UploadForm.class)))
  @APIResponse(
      responseCode = "201",
      description = "One file: its result. Several: what became of each",
      content = @Content(schema = @Schema(oneOf = {PreprocessingResult.class, UploadAnswer.class})))
  @APIResponse(
      responseCode = "202",
      description = "A large file waits for a choice",
      content = @Content(schema = @Schema(implementation = Decision.class)))
  @APIResponse(
      responseCode = "207",
      description = "Several files, of which at least one was refused",
      content = @Content(schema = @Schema(implementation = UploadAnswer.class)))
  @APIResponse(responseCode = "400", description = "The form is malformed or has unknown parts")
  @APIResponse(responseCode = "403", description = "The case may be read, not changed")
  @APIResponse(responseCode = "404", description = "There is no such case for the caller")
  @APIResponse(responseCode = "413", description = "A file is larger than 10,485,760 bytes")
  @APIResponse(responseCode = "422", description = "A file is empty, or the key came before")
  @APIResponse(responseCode = "503", description = "Too much is waiting, or a store is away")
  public Uni<Response> uploadFiles(
      @RestPath("case_id") String caseId,
      @RestHeader("X-Session-Id") @Nullable String sessionId,
      @RestHeader("Idempotency-Key") @Nullable String key,
      @Context RoutingContext exchange) {
    Requester requester = Requester.of(caller);
    if (sessionId != null && (sessionId.isBlank() || sessionId.length() > MAX_SESSION_ID)) {
      return Uni.createFrom()
          .failure(
              Problem.invalid("X-Session-Id", "must be 1 to " + MAX_SESSION_ID + " characters"));
    }
    return CallerContext.resume(access.writable(caseId, requester))
        .flatMap(
            owned ->
                receiver.receive(
                    exchange,
                    form ->
                        uploads
                            .take(
                                owned,
                                new UploadRequest(
                                    form.files(),
                                    form.dataType(),
                                    form.processingMode(),
                                    sessionId,
                                    key),
                                requester)
                            .map(created -> answer(created, form.files().size() == 1))));
  }

  /** Lists the files of a case. */
  @GET
  @Operation(summary = "List the files of a case, newest first")
  @APIResponse(responseCode = "200", description = "One page, without results")
  @APIResponse(responseCode = "404", description = "There is no such case for the caller")
  public Uni<Page<FileView>> listFiles(
      @RestPath("case_id") String caseId,
      @RestQuery @Parameter(description = "How many, 1 to 200") @Nullable Integer limit,
      @RestQuery @Parameter(description = "How many to pass over") @Nullable Integer offset) {
    Requester requester = Requester.of(caller);
    return files
        .list(caseId, PageRequest.of(limit, offset), requester)
        .map(
            page ->
                new Page<>(
                    page.items().stream().map(file -> FileView.of(file, requester)).toList(),
                    page.total(),
                    page.limit(),
                    page.offset()));
  }

  /** Searches the files of a case by meaning. */
  @GET
  @Path("/search")
  @Operation(
      summary = "Search the files of a case by meaning",
      description = "Answered by knowledge-service from what was extracted")
  @APIResponse(
      responseCode = "200",
      description = "Passages with their scores, as knowledge-service answers",
      content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponse(responseCode = "400", description = "No question, or k out of range")
  @APIResponse(responseCode = "404", description = "There is no such case for the caller")
  @APIResponse(responseCode = "503", description = "knowledge-service does not answer")
  public Uni<JsonNode> searchFiles(
      @RestPath("case_id") String caseId,
      @RestQuery
          @Parameter(description = "What is looked for", example = "connection pool exhausted")
          @Nullable String q,
      @RestQuery @Parameter(description = "How many passages, 1 to 50") @Nullable Integer k) {
    if (q == null || q.isBlank() || q.length() > MAX_QUERY) {
      return Uni.createFrom()
          .failure(Problem.invalid("q", "must be 1 to " + MAX_QUERY + " characters"));
    }
    int passages = k == null ? DEFAULT_PASSAGES : k;
    if (passages < 1 || passages > MAX_PASSAGES) {
      return Uni.createFrom().failure(Problem.invalid("k", "must be from 1 to " + MAX_PASSAGES));
    }
    return files.search(caseId, q, passages, Requester.of(caller));
  }

  private static Response answer(Created<UploadAnswer> created, boolean single) {
    UploadAnswer answer = created.body();
    Response.ResponseBuilder response;
    if (single) {
      FileAnswer only = answer.files().getFirst();
      response =
          Response.status(only.status())
              .entity(only.result() == null ? only.decision() : only.result());
    } else {
      boolean refused = answer.files().stream().anyMatch(file -> file.location() == null);
      response = Response.status(refused ? 207 : 201).entity(answer);
    }
    response.location(URI.create(created.location()));
    return (created.replayed() ? response.header("Idempotency-Replayed", "true") : response)
        .build();
  }
}
