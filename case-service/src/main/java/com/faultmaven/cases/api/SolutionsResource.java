package com.faultmaven.cases.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.cases.domain.Actor;
import com.faultmaven.cases.domain.CaseSolutions;
import com.faultmaven.cases.domain.Once;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionStatus;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.web.Created;
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
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Solutions of a case. */
@Cancellable(false)
@Path("/api/v1/cases/{case_id}/solutions")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Solutions", description = "Ways out")
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
public class SolutionsResource {
  private final CaseSolutions solutions;
  private final MergePatches patches;
  private final Caller caller;
  private final Clock clock;

  /** Wires the resource. */
  @Inject
  public SolutionsResource(
      CaseSolutions solutions, MergePatches patches, Caller caller, Clock clock) {
    this.solutions = solutions;
    this.patches = patches;
    this.caller = caller;
    this.clock = clock;
  }

  /** Proposes a solution. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Propose a solution")
  @APIResponseSchema(value = Solution.class, responseCode = "201")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "422", description = "The Idempotency-Key came with another request")
  public Uni<Response> addSolution(
      @RestPath("case_id") String caseId,
      @RestHeader("Idempotency-Key") @Nullable String key,
      @Valid @NotNull NewSolution request) {
    return solutions
        .add(Actor.of(caller), caseId, request.of(caseId, clock.instant()), new Once(key, request))
        .map(Created::toResponse);
  }

  /** Lists solutions. */
  @GET
  @Operation(summary = "List a case's solutions, oldest first")
  @APIResponse(responseCode = "200", description = "A page by offset")
  public Uni<Page<Solution>> listSolutions(
      @RestPath("case_id") String caseId,
      @Parameter(description = "Only in these statuses; may be repeated", example = "proposed")
          @RestQuery
          @Nullable List<String> status,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200"))
          @RestQuery
          @Nullable String limit,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0")) @RestQuery
          @Nullable String offset) {
    PageRequest page = QueryTexts.page(limit, offset);
    return solutions
        .list(Actor.of(caller), caseId, QueryTexts.many("status", SolutionStatus.class, status))
        .map(all -> CaseAnswers.page(all, page));
  }

  /** Reads one solution. */
  @GET
  @Path("{solution_id}")
  @Operation(summary = "Read one solution")
  @APIResponse(responseCode = "200", description = "The solution")
  public Uni<Solution> getSolution(
      @RestPath("case_id") String caseId, @RestPath("solution_id") String solutionId) {
    return solutions.get(Actor.of(caller), caseId, solutionId);
  }

  /** Changes one solution. */
  @PATCH
  @Path("{solution_id}")
  @Consumes({MediaType.APPLICATION_JSON, MergePatches.MEDIA_TYPE})
  @Operation(
      summary = "Change one solution",
      description = "A JSON merge patch. The status goes proposed → applying → applied or failed.")
  @RequestBody(content = @Content(schema = @Schema(implementation = PatchSolution.class)))
  @APIResponse(responseCode = "200", description = "The solution as it is now")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "409", description = "invalid-status-transition")
  public Uni<Solution> patchSolution(
      @RestPath("case_id") String caseId,
      @RestPath("solution_id") String solutionId,
      @Nullable JsonNode body)
      throws JsonProcessingException {
    MergePatch<PatchSolution> patch = patches.read(body, PatchSolution.class);
    Instant now = clock.instant();
    return solutions.change(
        Actor.of(caller),
        caseId,
        solutionId,
        patch.values().linkedHypothesisId(),
        old -> PatchSolution.apply(patch, old, now));
  }
}
