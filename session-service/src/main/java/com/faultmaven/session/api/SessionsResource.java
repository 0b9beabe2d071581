package com.faultmaven.session.api;

import com.faultmaven.common.security.Caller;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.ProblemDetail;
import com.faultmaven.session.domain.EndedSessions;
import com.faultmaven.session.domain.Requester;
import com.faultmaven.session.domain.SessionEnding;
import com.faultmaven.session.domain.Sessions;
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
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Live and ended sessions (specification 3.5). */
@Cancellable(false)
@Path("/api/v1/sessions")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions", description = "What a client works on, kept while it is active")
@APIResponse(
    responseCode = "401",
    description = "No valid access token",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemDetail.class)))
@APIResponse(
    responseCode = "503",
    description = "The store is away; nothing was changed",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemDetail.class)))
public final class SessionsResource {
  private static final String PATH = "/api/v1/sessions/";

  private final Sessions sessions;
  private final SessionEnding ending;
  private final EndedSessions ended;
  private final Caller caller;

  /** Wires the resource. */
  @Inject
  public SessionsResource(
      Sessions sessions, SessionEnding ending, EndedSessions ended, Caller caller) {
    this.sessions = sessions;
    this.ending = ending;
    this.ended = ended;
    this.caller = caller;
  }

  /** Resumes the client's live session or opens one. */
  @POST
  @Operation(
      summary = "Resume the client's session, or open one",
      description =
          "Safe to repeat: while the client's session lives, the answer is that session, extended.")
  @APIResponse(
      responseCode = "201",
      description = "Opened",
      headers = @Header(name = "Location", description = "Path of the session"),
      content = @Content(schema = @Schema(implementation = SessionResponse.class)))
  @APIResponse(
      responseCode = "200",
      description = "Resumed",
      content = @Content(schema = @Schema(implementation = SessionResponse.class)))
  @APIResponse(responseCode = "400", description = "The client's id or the TTL cannot be taken")
  public Uni<Response> openSession(@Valid @NotNull OpenSessionRequest request) {
    return sessions
        .open(caller.userId(), request.clientId(), seconds(request.ttl()))
        .map(
            opened -> {
              SessionResponse body = SessionResponse.of(opened);
              return opened.resumed()
                  ? Response.ok(body).build()
                  : Response.created(URI.create(PATH + body.sessionId())).entity(body).build();
            });
  }

  /** Lists live sessions. */
  @GET
  @Operation(
      summary = "List live sessions",
      description = "Own ones, the one that lives longest first. Extends none of them.")
  @APIResponse(responseCode = "200", description = "A page of live sessions")
  @APIResponse(responseCode = "400", description = "limit or offset is out of range")
  public Uni<Page<SessionResponse>> listSessions(
      @Parameter(description = "How many, 1 to 200", example = "50") @RestQuery
          @Nullable Integer limit,
      @Parameter(description = "How many to pass over", example = "0") @RestQuery
          @Nullable Integer offset,
      @Parameter(description = "Whose, for admins; anybody else gets their own")
          @RestQuery("user_id")
          @Nullable String userId) {
    return sessions
        .list(whose(userId), PageRequest.of(limit, offset))
        .map(
            page ->
                new Page<>(
                    page.items().stream().map(SessionResponse::of).toList(),
                    page.total(),
                    page.limit(),
                    page.offset()));
  }

  /** Lists ended sessions. */
  @GET
  @Path("/archive")
  @Operation(
      summary = "List ended sessions",
      description = "Own ones that were ended, the last one first. What expired is not kept.")
  @APIResponse(responseCode = "200", description = "A page of ended sessions")
  @APIResponse(responseCode = "400", description = "limit or cursor cannot be taken")
  public Uni<CursorPage<EndedSessionResponse>> listArchivedSessions(
      @Parameter(description = "How many, 1 to 200", example = "50") @RestQuery
          @Nullable Integer limit,
      @Parameter(description = "next_cursor of the page before") @RestQuery @Nullable String cursor,
      @Parameter(description = "Whose, for admins; anybody else gets their own")
          @RestQuery("user_id")
          @Nullable String userId) {
    return ended
        .list(whose(userId), Cursor.decode(cursor), PageRequest.of(limit, null).limit())
        .map(
            page ->
                new CursorPage<>(
                    page.items().stream().map(EndedSessionResponse::of).toList(),
                    page.nextCursor()));
  }

  /** Reads a session. */
  @GET
  @Path("/{session_id}")
  @Operation(summary = "Read a session", description = "Its owner's reading extends it.")
  @APIResponseSchema(value = SessionResponse.class, responseCode = "200")
  @APIResponse(responseCode = "404", description = "No such session, or not yours")
  public Uni<SessionResponse> readSession(@RestPath("session_id") String sessionId) {
    return sessions.read(requester(), sessionId).map(SessionResponse::of);
  }

  /** Changes a session. */
  @PATCH
  @Path("/{session_id}")
  @Operation(summary = "Change a session's TTL", description = "Extends it as well.")
  @APIResponseSchema(value = SessionResponse.class, responseCode = "200")
  @APIResponse(responseCode = "400", description = "The TTL is out of range")
  @APIResponse(responseCode = "404", description = "No such session, or not yours")
  public Uni<SessionResponse> changeSession(
      @RestPath("session_id") String sessionId, @Valid @NotNull ChangeSessionRequest request) {
    return sessions
        .changeTtl(requester(), sessionId, seconds(request.ttl()))
        .map(SessionResponse::of);
  }

  /** Ends a session. */
  @DELETE
  @Path("/{session_id}")
  @Operation(
      summary = "End a session",
      description = "It is gone at once and stands in the archive. Safe to repeat.")
  @APIResponse(responseCode = "204", description = "Ended, now or before")
  @APIResponse(responseCode = "404", description = "No such session, or not yours")
  public Uni<Void> endSession(@RestPath("session_id") String sessionId) {
    return ending.end(requester(), sessionId);
  }

  /** Extends a session. */
  @POST
  @Path("/{session_id}/heartbeat")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Extend a session", description = "Answers the seconds that it has left.")
  @APIResponseSchema(value = HeartbeatResponse.class, responseCode = "200")
  @APIResponse(responseCode = "404", description = "No such session, or not yours")
  public Uni<HeartbeatResponse> extendSession(@RestPath("session_id") String sessionId) {
    return sessions
        .heartbeat(requester(), sessionId)
        .map(
            live -> new HeartbeatResponse(live.session().sessionId(), live.timeLeft().toSeconds()));
  }

  /** Adds a file to a session. */
  @POST
  @Path("/{session_id}/uploads")
  @Operation(
      summary = "Add a file to a session",
      description = "Once: a file that it has already is not added again.")
  @APIResponseSchema(value = SessionResponse.class, responseCode = "200")
  @APIResponse(responseCode = "400", description = "The id cannot be taken")
  @APIResponse(responseCode = "404", description = "No such session, or not yours")
  @APIResponse(responseCode = "409", description = "The session remembers too many already")
  public Uni<SessionResponse> addSessionUpload(
      @RestPath("session_id") String sessionId, @Valid @NotNull AddUploadRequest request) {
    return sessions.addUpload(requester(), sessionId, request.fileId()).map(SessionResponse::of);
  }

  /** Adds a case to a session. */
  @POST
  @Path("/{session_id}/cases")
  @Operation(
      summary = "Add a case to a session",
      description = "Once: a case that it has already is not added again.")
  @APIResponseSchema(value = SessionResponse.class, responseCode = "200")
  @APIResponse(responseCode = "400", description = "The id cannot be taken")
  @APIResponse(responseCode = "404", description = "No such session, or not yours")
  @APIResponse(responseCode = "409", description = "The session remembers too many already")
  public Uni<SessionResponse> addSessionCase(
      @RestPath("session_id") String sessionId, @Valid @NotNull AddCaseRequest request) {
    return sessions.addCase(requester(), sessionId, request.caseId()).map(SessionResponse::of);
  }

  private Requester requester() {
    return new Requester(caller.userId(), caller.isAdmin());
  }

  private String whose(@Nullable String userId) {
    return userId != null && caller.isAdmin() ? userId : caller.userId();
  }

  private static @Nullable Duration seconds(@Nullable Long ttl) {
    return ttl == null ? null : Duration.ofSeconds(ttl);
  }
}
