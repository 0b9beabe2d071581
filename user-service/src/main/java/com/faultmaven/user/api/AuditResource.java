package com.faultmaven.user.api;

import com.faultmaven.common.model.WireName;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventQuery;
import com.faultmaven.user.domain.AuthEventType;
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
import org.jspecify.annotations.Nullable;

/** The audit of accounts and tokens (specification 8.3), for admins. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Audit", description = "Who did what, when")
public class AuditResource {
  private final AuthAuditLog audit;

  /** Wires the bean. */
  @Inject
  public AuditResource(AuthAuditLog audit) {
    this.audit = audit;
  }

  /** Authentication events, newest first. */
  @GET
  @Path("/auth-events")
  @Operation(summary = "List authentication events", description = "Newest first. Admin.")
  @APIResponse(responseCode = "200", description = "A page of events")
  @APIResponse(responseCode = "400", description = "limit, cursor or event_type is wrong")
  @APIResponse(responseCode = "401", description = "No valid access token")
  @APIResponse(responseCode = "403", description = "Not an admin")
  public Uni<CursorPage<AuthEvent>> listAuthEvents(
      @Parameter(description = "How many, 1 to 200", example = "50") @RestQuery
          @Nullable Integer limit,
      @Parameter(description = "next_cursor of the page before") @RestQuery @Nullable String cursor,
      @Parameter(description = "Events of this account alone")
          @RestQuery("user_id")
          @Size(max = 64, message = "must have at most 64 characters")
          @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
          @Nullable String userId,
      @Parameter(description = "Events of this type alone", example = "login_failed")
          @RestQuery("event_type")
          @Nullable String eventType) {
    int size = PageRequest.of(limit, null).limit();
    return audit.list(new AuthEventQuery(userId, type(eventType), Cursor.decode(cursor), size));
  }

  private static @Nullable AuthEventType type(@Nullable String name) {
    return name == null
        ? null
        : WireName.parse(AuthEventType.class, name)
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "event_type", "must be one of " + WireName.names(AuthEventType.class)));
  }
}
