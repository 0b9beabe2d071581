package com.faultmaven.cases.api;

import com.faultmaven.cases.domain.Actor;
import com.faultmaven.cases.domain.Cases;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.StatusTransition;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.ProblemDetail;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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

/** A case's way from consulting to its end, and what has come to it. */
@Cancellable(false)
@Path("/api/v1/cases")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Status", description = "Life of a case, and its files")
@APIResponse(
    responseCode = "401",
    description = "No valid access token",
    content = @Content(schema = @Schema(implementation = ProblemDetail.class)))
@APIResponse(
    responseCode = "404",
    description = "No such case for the caller",
    content = @Content(schema = @Schema(implementation = ProblemDetail.class)))
public class CaseLifeResource {
  private final Cases cases;
  private final Caller caller;
  private final Clock clock;

  /** Wires the resource. */
  @Inject
  public CaseLifeResource(Cases cases, Caller caller, Clock clock) {
    this.cases = cases;
    this.caller = caller;
    this.clock = clock;
  }

  /** Brings a case into another status. */
  @POST
  @Path("{case_id}/status")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Change a case's status",
      description =
          "consulting → investigating or closed, investigating → resolved or closed. The end needs"
              + " a closure_reason: resolved for resolved; abandoned, escalated, duplicate, other"
              + " or, from consulting alone, consulting_only for closed.")
  @APIResponseSchema(value = Case.class, responseCode = "200")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "409", description = "invalid-status-transition")
  @APIResponse(responseCode = "412", description = "The case is not the one that If-Match names")
  public Uni<Response> changeStatus(
      @RestPath("case_id") String caseId,
      @Parameter(description = "ETag that the case was read with") @RestHeader("If-Match")
          @Nullable String ifMatch,
      @Valid @NotNull NewStatus request) {
    Actor actor = Actor.of(caller);
    return cases
        .changeStatus(
            actor, caseId, QueryTexts.version(ifMatch), request.of(actor.userId(), clock.instant()))
        .map(CaseAnswers::of);
  }

  /** Puts a case into the archive. */
  @POST
  @Path("{case_id}/archive")
  @Operation(
      summary = "Archive an ended case now",
      description =
          "The job does it after a while. The case stays in lists; whoever reads it gets it restored"
              + " first.")
  @APIResponseSchema(value = Case.class, responseCode = "200")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "409", description = "case-not-ended")
  @APIResponse(responseCode = "503", description = "The archive is away")
  public Uni<Response> archiveCase(@RestPath("case_id") String caseId) {
    return cases.archive(Actor.of(caller), caseId).map(CaseAnswers::of);
  }

  /** Takes a case out of the archive. */
  @POST
  @Path("{case_id}/restore")
  @Operation(
      summary = "Restore an archived case",
      description = "One that is not archived is answered as it is.")
  @APIResponseSchema(value = Case.class, responseCode = "200")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "503", description = "The archive is away")
  public Uni<Response> restoreCase(@RestPath("case_id") String caseId) {
    return cases.restore(Actor.of(caller), caseId).map(CaseAnswers::of);
  }

  /** Lists the audit trail. */
  @GET
  @Path("{case_id}/transitions")
  @Operation(summary = "List a case's status changes, oldest first")
  @APIResponse(responseCode = "200", description = "A page by offset")
  public Uni<Page<StatusTransition>> listTransitions(
      @RestPath("case_id") String caseId,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200"))
          @RestQuery
          @Nullable String limit,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0")) @RestQuery
          @Nullable String offset) {
    PageRequest page = QueryTexts.page(limit, offset);
    return cases.transitions(Actor.of(caller), caseId).map(all -> CaseAnswers.page(all, page));
  }

  /** Lists the files. */
  @GET
  @Path("{case_id}/files")
  @Operation(
      summary = "List a case's files, newest first",
      description = "As far as they have been processed; artifact-service knows the others too.")
  @APIResponse(responseCode = "200", description = "A page by offset")
  public Uni<Page<UploadedFile>> listFiles(
      @RestPath("case_id") String caseId,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200"))
          @RestQuery
          @Nullable String limit,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0")) @RestQuery
          @Nullable String offset) {
    PageRequest page = QueryTexts.page(limit, offset);
    return cases.files(Actor.of(caller), caseId).map(all -> CaseAnswers.page(all, page));
  }
}
