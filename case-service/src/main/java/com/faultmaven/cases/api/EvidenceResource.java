package com.faultmaven.cases.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.cases.domain.Actor;
import com.faultmaven.cases.domain.CaseEvidence;
import com.faultmaven.cases.domain.EvidenceItems;
import com.faultmaven.cases.domain.Once;
import com.faultmaven.cases.domain.ShownRow;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.EvidenceForm;
import com.faultmaven.common.model.cases.EvidenceSourceType;
import com.faultmaven.common.repository.EvidenceQuery;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.common.web.ProblemDetail;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
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

/** Evidence of a case. */
@Cancellable(false)
@Path("/api/v1/cases/{case_id}/evidence")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Evidence", description = "Facts that bear on a case")
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
public class EvidenceResource {
  private final CaseEvidence evidence;
  private final MergePatches patches;
  private final Validator validator;
  private final Caller caller;
  private final Clock clock;

  /** Wires the resource. */
  @Inject
  public EvidenceResource(
      CaseEvidence evidence,
      MergePatches patches,
      Validator validator,
      Caller caller,
      Clock clock) {
    this.evidence = evidence;
    this.patches = patches;
    this.validator = validator;
    this.caller = caller;
    this.clock = clock;
  }

  /** Adds evidence. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Add evidence, one piece or many",
      description =
          "One object is answered by it; an array of up to 1000 by items, all or nothing.")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(oneOf = {NewEvidence.class, NewEvidence[].class}),
              examples = {
                @ExampleObject(
                    name = "one",
                    value =
                        "{\"content\": \"Pool active 10 of 10\", \"source_type\": \"metrics_data\"}"),
                @ExampleObject(
                    name = "many",
                    value =
                        "[{\"content\": \"Pool active 10 of 10\", \"source_type\": \"metrics_data\"},"
                            + "{\"content\": \"Deploy at 09:00\", \"source_type\": \"user_observation\"}]")
              }))
  @APIResponse(
      responseCode = "201",
      description = "Added",
      content = @Content(schema = @Schema(oneOf = {Evidence.class, EvidenceItems.class})))
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "422", description = "The Idempotency-Key came with another request")
  public Uni<Response> addEvidence(
      @RestPath("case_id") String caseId,
      @RestHeader("Idempotency-Key") @Nullable String key,
      @NotNull OneOrMany<NewEvidence> request) {
    Instant now = clock.instant();
    Actor actor = Actor.of(caller);
    Once once = new Once(key, request);
    List<Evidence> added =
        request.valid(validator, Bounds.ROWS).stream().map(piece -> piece.of(caseId, now)).toList();
    return request.single()
        ? evidence.add(actor, caseId, added.getFirst(), once).map(Created::toResponse)
        : evidence.addAll(actor, caseId, added, once).map(Created::toResponse);
  }

  /** Lists evidence. */
  @GET
  @Operation(summary = "List a case's evidence")
  @APIResponse(
      responseCode = "200",
      description = "A page by cursor",
      content = @Content(schema = @Schema(implementation = EvidencePage.class)))
  public Uni<CursorPage<ShownRow>> listEvidence(
      @RestPath("case_id") String caseId,
      @Parameter(description = "Only from this source", example = "log_file")
          @RestQuery("source_type")
          @Nullable String sourceType,
      @Parameter(description = "Only in this form", example = "document") @RestQuery
          @Nullable String form,
      @Parameter(
              description = "Only what was added at or after it",
              example = "2026-01-31T12:00:00Z")
          @RestQuery
          @Nullable String since,
      @Parameter(description = "Only with all these words") @RestQuery @Nullable String q,
      @Parameter(
              description = "Newest first, or oldest first; a cursor goes on in either",
              schema =
                  @Schema(
                      enumeration = {"asc", "desc"},
                      defaultValue = "desc"))
          @RestQuery
          @Nullable String order,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200"))
          @RestQuery
          @Nullable String limit,
      @Parameter(description = "next_cursor of the page before") @RestQuery
          @Nullable String cursor) {
    int size = QueryTexts.limit(limit);
    EvidenceQuery query =
        new EvidenceQuery(
            QueryTexts.one("source_type", EvidenceSourceType.class, sourceType),
            QueryTexts.one("form", EvidenceForm.class, form),
            QueryTexts.time("since", since),
            QueryTexts.text("q", q, Bounds.NOTE),
            QueryTexts.newestFirst(order, true),
            Cursor.decode(cursor),
            size + 1);
    return evidence
        .list(Actor.of(caller), caseId, query)
        .map(found -> CaseAnswers.page(found, size, ShownRow::place));
  }

  /** Reads one piece. */
  @GET
  @Path("{evidence_id}")
  @Operation(summary = "Read one piece of evidence")
  @APIResponse(responseCode = "200", description = "The evidence")
  public Uni<Evidence> getEvidence(
      @RestPath("case_id") String caseId, @RestPath("evidence_id") String evidenceId) {
    return evidence.get(Actor.of(caller), caseId, evidenceId);
  }

  /** Changes one piece. */
  @PATCH
  @Path("{evidence_id}")
  @Consumes({MediaType.APPLICATION_JSON, MergePatches.MEDIA_TYPE})
  @Operation(summary = "Change one piece of evidence", description = "A JSON merge patch.")
  @RequestBody(content = @Content(schema = @Schema(implementation = PatchEvidence.class)))
  @APIResponse(responseCode = "200", description = "The evidence as it is now")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  public Uni<Evidence> patchEvidence(
      @RestPath("case_id") String caseId,
      @RestPath("evidence_id") String evidenceId,
      @Nullable JsonNode body)
      throws JsonProcessingException {
    MergePatch<PatchEvidence> patch = patches.read(body, PatchEvidence.class);
    return evidence.change(
        Actor.of(caller), caseId, evidenceId, old -> PatchEvidence.apply(patch, old));
  }

  /** Deletes one piece. */
  @DELETE
  @Path("{evidence_id}")
  @Operation(summary = "Delete one piece of evidence, and the links to it")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  public Uni<Void> deleteEvidence(
      @RestPath("case_id") String caseId, @RestPath("evidence_id") String evidenceId) {
    return evidence.delete(Actor.of(caller), caseId, evidenceId);
  }
}
