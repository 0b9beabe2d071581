package com.faultmaven.user.api;

import com.faultmaven.common.security.Roles;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.user.domain.AuthAuditReading;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventQuery;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.AuthOutcome;
import com.faultmaven.user.domain.DataAccess;
import com.faultmaven.user.domain.DataAccessLog;
import com.faultmaven.user.domain.DataAccessQuery;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The audit of accounts and tokens (specification 8.3), and of reads, for admins. */
@Cancellable(false)
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Audit", description = "Who did what, when")
@APIResponse(responseCode = "401", description = "No valid access token")
@APIResponse(responseCode = "403", description = "Not an admin")
public class AuditResource {
  private static final int MAX_ID = 64;
  private static final String MAX_ID_MESSAGE = "must have at most 64 characters";

  private final AuthAuditReading audit;
  private final DataAccessLog accesses;
  private final Callers callers;

  /** Wires the bean. */
  @Inject
  public AuditResource(AuthAuditReading audit, DataAccessLog accesses, Callers callers) {
    this.audit = audit;
    this.accesses = accesses;
    this.callers = callers;
  }

  /** Authentication events, newest first. */
  @GET
  @Path("/auth-events")
  @Operation(summary = "List authentication events", description = "Newest first. Admin.")
  @APIResponse(responseCode = "200", description = "A page of events")
  @APIResponse(responseCode = "400", description = "limit, cursor or a filter is wrong")
  public Uni<CursorPage<AuthEvent>> listAuthEvents(
      @Parameter(description = "How many, 1 to 200", example = "50") @RestQuery
          @Nullable Integer limit,
      @Parameter(description = "next_cursor of the page before") @RestQuery @Nullable String cursor,
      @Parameter(description = "Events of this account alone")
          @RestQuery("user_id")
          @Size(max = MAX_ID, message = MAX_ID_MESSAGE)
          @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
          @Nullable String userId,
      @Parameter(description = "Events that this account caused")
          @RestQuery("actor_id")
          @Size(max = MAX_ID, message = MAX_ID_MESSAGE)
          @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
          @Nullable String actorId,
      @Parameter(description = "Events of this type alone", example = "login_failed")
          @RestQuery("event_type")
          @Nullable String eventType,
      @Parameter(description = "success or failure", example = "failure") @RestQuery
          @Nullable String outcome,
      @Parameter(description = "Events from this IP address", example = "192.0.2.7")
          @RestQuery
          @Size(max = MAX_ID, message = MAX_ID_MESSAGE)
          @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
          @Nullable String address,
      @Parameter(description = "Not before this time", example = "2026-01-31T12:00:00Z") @RestQuery
          @Nullable String since,
      @Parameter(description = "Before this time", example = "2026-02-01T00:00:00Z") @RestQuery
          @Nullable String until) {
    return audit.list(
        callers.actor(),
        new AuthEventQuery(
            userId,
            actorId,
            QueryTexts.one("event_type", AuthEventType.class, eventType),
            QueryTexts.one("outcome", AuthOutcome.class, outcome),
            address,
            QueryTexts.time("since", since),
            QueryTexts.time("until", until),
            Cursor.decode(cursor),
            PageRequest.of(limit, null).limit()));
  }

  /** Reads of other users' data, newest first. */
  @GET
  @Path("/data-access")
  @Operation(
      summary = "List reads of other users' data",
      description = "Newest first. Reading one's own data leaves no row. Admin.")
  @APIResponse(responseCode = "200", description = "A page of reads")
  @APIResponse(responseCode = "400", description = "limit, cursor or a filter is wrong")
  public Uni<CursorPage<DataAccess>> listDataAccess(
      @Parameter(description = "How many, 1 to 200", example = "50") @RestQuery
          @Nullable Integer limit,
      @Parameter(description = "next_cursor of the page before") @RestQuery @Nullable String cursor,
      @Parameter(description = "Reads by this account")
          @RestQuery("actor_id")
          @Size(max = MAX_ID, message = MAX_ID_MESSAGE)
          @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
          @Nullable String actorId,
      @Parameter(description = "Reads of this account's data")
          @RestQuery("user_id")
          @Size(max = MAX_ID, message = MAX_ID_MESSAGE)
          @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
          @Nullable String userId,
      @Parameter(description = "Not before this time", example = "2026-01-31T12:00:00Z") @RestQuery
          @Nullable String since,
      @Parameter(description = "Before this time", example = "2026-02-01T00:00:00Z") @RestQuery
          @Nullable String until) {
    return accesses.list(
        new DataAccessQuery(
            actorId,
            userId,
            QueryTexts.time("since", since),
            QueryTexts.time("until", until),
            Cursor.decode(cursor),
            PageRequest.of(limit, null).limit()));
  }
}
