package com.faultmaven.cases.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.cases.domain.Actor;
import com.faultmaven.cases.domain.CaseHypotheses;
import com.faultmaven.cases.domain.Once;
import com.faultmaven.cases.domain.ShownRow;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.HypothesisStatus;
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

/** Hypotheses of a case. */
@Cancellable(false)
@Path("/api/v1/cases/{case_id}/hypotheses")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Hypotheses", description = "Supposed causes, and what the evidence says about them")
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
public class HypothesesResource {
  private final CaseHypotheses hypotheses;
  private final MergePatches patches;
  private final Caller caller;
  private final Clock clock;

  /** Wires the resource. */
  @Inject
  public HypothesesResource(
      CaseHypotheses hypotheses, MergePatches patches, Caller caller, Clock clock) {
    this.hypotheses = hypotheses;
    this.patches = patches;
    this.caller = caller;
    this.clock = clock;
  }

  /** Puts up a hypothesis. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Put up a hypothesis")
  @APIResponseSchema(value = Hypothesis.class, responseCode = "201")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "422", description = "The Idempotency-Key came with another request")
  public Uni<Response> addHypothesis(
      @RestPath("case_id") String caseId,
      @RestHeader("Idempotency-Key") @Nullable String key,
      @Valid @NotNull NewHypothesis request) {
    return hypotheses
        .add(Actor.of(caller), caseId, request.of(caseId, clock.instant()), new Once(key, request))
        .map(Created::toResponse);
  }

  /** Lists hypotheses. */
  @GET
  @Operation(summary = "List a case's hypotheses, oldest first")
  @APIResponse(
      responseCode = "200",
      description = "A page by offset",
      content = @Content(schema = @Schema(implementation = HypothesisPage.class)))
  public Uni<Page<ShownRow>> listHypotheses(
      @RestPath("case_id") String caseId,
      @Parameter(description = "Only in these statuses; may be repeated", example = "testing")
          @RestQuery
          @Nullable List<String> status,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200"))
          @RestQuery
          @Nullable String limit,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0")) @RestQuery
          @Nullable String offset) {
    PageRequest page = QueryTexts.page(limit, offset);
    return hypotheses
        .list(Actor.of(caller), caseId, QueryTexts.many("status", HypothesisStatus.class, status))
        .map(all -> CaseAnswers.page(all, page));
  }

  /** Reads one hypothesis. */
  @GET
  @Path("{hypothesis_id}")
  @Operation(summary = "Read one hypothesis")
  @APIResponse(responseCode = "200", description = "The hypothesis")
  public Uni<Hypothesis> getHypothesis(
      @RestPath("case_id") String caseId, @RestPath("hypothesis_id") String hypothesisId) {
    return hypotheses.get(Actor.of(caller), caseId, hypothesisId);
  }

  /** Changes one hypothesis. */
  @PATCH
  @Path("{hypothesis_id}")
  @Consumes({MediaType.APPLICATION_JSON, MergePatches.MEDIA_TYPE})
  @Operation(summary = "Change one hypothesis", description = "A JSON merge patch.")
  @RequestBody(content = @Content(schema = @Schema(implementation = PatchHypothesis.class)))
  @APIResponse(responseCode = "200", description = "The hypothesis as it is now")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  public Uni<Hypothesis> patchHypothesis(
      @RestPath("case_id") String caseId,
      @RestPath("hypothesis_id") String hypothesisId,
      @Nullable JsonNode body)
      throws JsonProcessingException {
    MergePatch<PatchHypothesis> patch = patches.read(body, PatchHypothesis.class);
    Instant now = clock.instant();
    return hypotheses.change(
        Actor.of(caller), caseId, hypothesisId, old -> PatchHypothesis.apply(patch, old, now));
  }

  /** Links evidence. */
  @POST
  @Path("{hypothesis_id}/links")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Link evidence to a hypothesis",
      description = "A link to the same evidence gives way, so the request may be repeated.")
  @APIResponse(responseCode = "200", description = "The hypothesis with all its links")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  public Uni<Hypothesis> linkEvidence(
      @RestPath("case_id") String caseId,
      @RestPath("hypothesis_id") String hypothesisId,
      @Valid @NotNull NewLink request) {
    return hypotheses.link(Actor.of(caller), caseId, hypothesisId, request.of());
  }

  /** Evaluates hypotheses. */
  @POST
  @Path("evaluations")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Evaluate hypotheses in the light of one piece of evidence",
      description = "Sets their statuses and links the evidence, all or nothing.")
  @APIResponse(responseCode = "200", description = "The hypotheses as they are now")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  public Uni<HypothesisItems> evaluateHypotheses(
      @RestPath("case_id") String caseId, @Valid @NotNull NewEvaluations request) {
    return hypotheses
        .evaluate(Actor.of(caller), caseId, request.evidenceId(), request.of())
        .map(HypothesisItems::new);
  }
}
