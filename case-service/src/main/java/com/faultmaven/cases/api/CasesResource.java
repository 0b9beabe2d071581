package com.faultmaven.cases.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.cases.domain.Actor;
import com.faultmaven.cases.domain.AnalyticsQuery;
import com.faultmaven.cases.domain.Cases;
import com.faultmaven.cases.domain.Once;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.CaseSummary;
import com.faultmaven.common.repository.CaseQuery;
import com.faultmaven.common.repository.CaseSearch;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.Problem;
import com.faultmaven.common.web.ProblemDetail;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
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

/** Cases: open, find, read, change, delete. */
@Cancellable(false)
@Path("/api/v1/cases")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Cases", description = "Troubleshooting cases")
@APIResponse(
    responseCode = "400",
    description = "The request cannot be read",
    content = @Content(schema = @Schema(implementation = ProblemDetail.class)))
@APIResponse(
    responseCode = "401",
    description = "No valid access token",
    content = @Content(schema = @Schema(implementation = ProblemDetail.class)))
public class CasesResource {
  private static final Duration DEFAULT_PERIOD = Duration.ofDays(30);
  private static final Duration LONGEST_PERIOD = Duration.ofDays(366);

  private final Cases cases;
  private final CaseFields fields;
  private final CaseColumns columns;
  private final MergePatches patches;
  private final ObjectMapper mapper;
  private final Caller caller;
  private final Clock clock;

  /** Wires the resource. */
  @Inject
  public CasesResource(
      Cases cases,
      CaseFields fields,
      CaseColumns columns,
      MergePatches patches,
      ObjectMapper mapper,
      Caller caller,
      Clock clock) {
    this.cases = cases;
    this.fields = fields;
    this.columns = columns;
    this.patches = patches;
    this.mapper = mapper;
    this.caller = caller;
    this.clock = clock;
  }

  /** Opens a case. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Open a case",
      description =
          "Stores the case with its tags, its first message and its evidence in one transaction.")
  @APIResponseSchema(value = Case.class, responseCode = "201")
  @APIResponse(responseCode = "403", description = "The caller's roles only let it read")
  @APIResponse(responseCode = "422", description = "The Idempotency-Key came with another request")
  public Uni<Response> openCase(
      @Valid @NotNull NewCase request,
      @RestHeader("Idempotency-Key") @Nullable String key,
      @RestHeader("X-Session-Id") @Nullable String sessionHeader) {
    Actor actor = Actor.of(caller);
    String session = QueryTexts.text("X-Session-Id", sessionHeader, Bounds.ID);
    return cases
        .open(
            actor,
            columns.checked(request.of(actor.userId(), clock.instant())),
            new Once(key, request),
            session == null ? caller.sessionId().orElse(null) : session)
        .map(CaseAnswers::created);
  }

  /** Lists cases. */
  @GET
  @Operation(
      summary = "List cases",
      description = "The caller's own; analysts and admins may name another user, or all.")
  @APIResponse(responseCode = "200", description = "A page by cursor")
  public Uni<CursorPage<CaseSummary>> listCases(
      @Parameter(description = "Only in these statuses; may be repeated", example = "investigating")
          @RestQuery
          @Nullable List<String> status,
      @Parameter(description = "Only with this tag") @RestQuery @Nullable String tag,
      @Parameter(
              description = "Only those whose sort time is at or after it",
              example = "2026-01-31T12:00:00Z")
          @RestQuery
          @Nullable String since,
      @Parameter(
              description = "The time that orders them",
              schema = @Schema(enumeration = {"created_at", "updated_at"}))
          @RestQuery
          @Nullable String sort,
      @Parameter(description = "A user id, or all; for analysts and admins") @RestQuery("user_id")
          @Nullable String owner,
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
    CaseQuery.Order time = time(sort);
    CaseQuery query =
        new CaseQuery(
            null,
            QueryTexts.many("status", CaseStatus.class, status),
            QueryTexts.text("tag", tag, Bounds.TAG),
            QueryTexts.time("since", since),
            time,
            QueryTexts.newestFirst(order, true),
            Cursor.decode(cursor),
            size + 1);
    Function<Case, Cursor> place =
        found ->
            new Cursor(
                time == CaseQuery.Order.CREATED ? found.createdAt() : found.updatedAt(),
                found.caseId());
    return cases
        .list(Actor.of(caller), QueryTexts.text("user_id", owner, Bounds.ID), query)
        .map(found -> CaseAnswers.page(found, size, place))
        .map(
            page ->
                new CursorPage<>(
                    page.items().stream().map(Case::summary).toList(), page.nextCursor()));
  }

  private static CaseQuery.Order time(@Nullable String sort) {
    return switch (sort == null ? "" : sort) {
      case "", "created_at", "-created_at" -> CaseQuery.Order.CREATED;
      case "updated_at", "-updated_at" -> CaseQuery.Order.UPDATED;
      default -> throw Problem.invalid("sort", "must be one of created_at, updated_at");
    };
  }

  /** Searches cases. */
  @GET
  @Path("search")
  @Operation(
      summary = "Search cases",
      description =
          "Full text over title, description and evidence: cases that hold all the words, best"
              + " first, with highlights.")
  @APIResponse(responseCode = "200", description = "A page by offset")
  public Uni<Page<FoundCase>> searchCases(
      @Parameter(description = "The words", required = true, example = "connection timeout")
          @RestQuery
          @Nullable String q,
      @Parameter(description = "Only in these statuses; may be repeated") @RestQuery
          @Nullable List<String> status,
      @Parameter(description = "Only with this tag") @RestQuery @Nullable String tag,
      @Parameter(description = "A user id, or all; for analysts and admins") @RestQuery("user_id")
          @Nullable String owner,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200"))
          @RestQuery
          @Nullable String limit,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0")) @RestQuery
          @Nullable String offset) {
    String words = QueryTexts.text("q", q, Bounds.NOTE);
    if (words == null) {
      throw Problem.invalid("q", "is required");
    }
    CaseSearch search =
        new CaseSearch(
            words,
            null,
            QueryTexts.many("status", CaseStatus.class, status),
            QueryTexts.text("tag", tag, Bounds.TAG),
            QueryTexts.page(limit, offset));
    return cases
        .search(Actor.of(caller), QueryTexts.text("user_id", owner, Bounds.ID), search)
        .map(
            page ->
                new Page<>(
                    page.items().stream().map(FoundCase::of).toList(),
                    page.total(),
                    page.limit(),
                    page.offset()));
  }

  /** Counts cases. */
  @GET
  @Path("analytics")
  @Operation(
      summary = "Count cases by status, tag and type of evidence, over time",
      description =
          "Cases that were opened within the period. Users count their own, analysts and admins"
              + " everybody's or a named user's.")
  @APIResponseSchema(value = CaseAnalytics.class, responseCode = "200")
  public Uni<Response> countCases(
      @Parameter(
              description = "From when on; 30 days before until when it is left out",
              example = "2026-01-01T00:00:00Z")
          @RestQuery
          @Nullable String since,
      @Parameter(description = "Until when, at most 366 days later; now when it is left out")
          @RestQuery
          @Nullable String until,
      @Parameter(
              description = "The steps of time",
              schema = @Schema(enumeration = {"day", "week", "month"}))
          @RestQuery
          @Nullable String interval,
      @Parameter(description = "A user id; for analysts and admins") @RestQuery("user_id")
          @Nullable String owner) {
    Instant end = QueryTexts.time("until", until);
    Instant last = end == null ? clock.instant() : end;
    Instant start = QueryTexts.time("since", since);
    Instant first = start == null ? last.minus(DEFAULT_PERIOD) : start;
    if (!first.isBefore(last) || first.plus(LONGEST_PERIOD).isBefore(last)) {
      throw Problem.invalid("since", "must be before until, by at most 366 days");
    }
    AnalyticsQuery.Interval steps =
        QueryTexts.one("interval", AnalyticsQuery.Interval.class, interval);
    AnalyticsQuery query =
        new AnalyticsQuery(null, first, last, steps == null ? AnalyticsQuery.Interval.DAY : steps);
    return cases
        .analytics(Actor.of(caller), QueryTexts.text("user_id", owner, Bounds.ID), query)
        .map(json -> Response.ok(json).build());
  }

  /** Reads a case. */
  @GET
  @Path("{case_id}")
  @Operation(
      summary = "Read a case with all its rows",
      description =
          "With its ETag. include names the collections that are wanted, when that is not every one;"
              + " the others are neither read nor answered. fields names the fields that are wanted"
              + " of it. conversation_history is the end of the conversation, null without messages.")
  @APIResponseSchema(value = Case.class, responseCode = "200")
  @APIResponse(responseCode = "404", description = "No such case for the caller")
  public Uni<Response> getCase(
      @RestPath("case_id") String caseId,
      @Parameter(description = "Comma-separated names", example = "title,status,evidence")
          @RestQuery("fields")
          @Nullable String names,
      @Parameter(
              description =
                  "Comma-separated names of collections, may be repeated: evidence, hypotheses,"
                      + " solutions, messages, uploaded_files, status_transitions, tool_calls",
              example = "evidence,hypotheses")
          @RestQuery
          @Nullable List<String> include,
      @Parameter(
              description =
                  "The newest so many messages instead of all, 1 to 200, oldest first; includes them",
              example = "last:50",
              schema = @Schema(pattern = "last:[0-9]+"))
          @RestQuery
          @Nullable String messages) {
    CaseFields.Choice choice = fields.choose(QueryTexts.text("fields", names, Bounds.NOTE));
    return cases
        .load(Actor.of(caller), caseId, choice.within(QueryTexts.parts(include, messages)))
        .map(
            document ->
                Response.ok(choice.of(document.json()))
                    .header("ETag", CaseAnswers.etag(document.version()))
                    .build());
  }

  /** Changes a case's own row. */
  @PATCH
  @Path("{case_id}")
  @Consumes({MediaType.APPLICATION_JSON, MergePatches.MEDIA_TYPE})
  @Operation(
      summary = "Change a case",
      description =
          "A JSON merge patch: what is absent stays, null clears. The status has a path of its"
              + " own.")
  @RequestBody(content = @Content(schema = @Schema(implementation = PatchCase.class)))
  @APIResponseSchema(value = Case.class, responseCode = "200")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "404", description = "No such case for the caller")
  @APIResponse(responseCode = "412", description = "The case is not the one that If-Match names")
  public Uni<Response> patchCase(
      @RestPath("case_id") String caseId,
      @Parameter(description = "ETag that the case was read with") @RestHeader("If-Match")
          @Nullable String ifMatch,
      @Nullable JsonNode body)
      throws JsonProcessingException {
    MergePatch<PatchCase> patch = patches.read(body, PatchCase.class);
    Instant now = clock.instant();
    return cases
        .change(
            Actor.of(caller),
            caseId,
            QueryTexts.version(ifMatch),
            old -> columns.checked(patch.present(), PatchCase.apply(patch, old, now)))
        .map(CaseAnswers::of);
  }

  /** Deletes a case. */
  @DELETE
  @Path("{case_id}")
  @Operation(summary = "Delete a case with all its rows and files")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "404", description = "No such case for the caller")
  public Uni<Void> deleteCase(@RestPath("case_id") String caseId) {
    return cases.delete(Actor.of(caller), caseId);
  }

  /** Exports a case. */
  @GET
  @Path("{case_id}/export")
  @Operation(summary = "Export a case as one JSON document")
  @APIResponse(
      responseCode = "200",
      description = "The case with all its rows, as an attachment",
      content = @Content(schema = @Schema(implementation = CaseExport.class)))
  @APIResponse(responseCode = "404", description = "No such case for the caller")
  public Uni<Response> exportCase(@RestPath("case_id") String caseId) {
    Actor actor = Actor.of(caller);
    return cases
        .export(actor, caseId)
        .map(
            document ->
                Response.ok(CaseExport.of(document, actor.userId(), clock.instant(), mapper))
                    .header("ETag", CaseAnswers.etag(document.version()))
                    .header(
                        "Content-Disposition",
                        "attachment; filename=\"case-" + document.caseId() + ".json\"")
                    .build());
  }
}
