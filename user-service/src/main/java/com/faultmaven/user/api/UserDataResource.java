package com.faultmaven.user.api;

import com.faultmaven.common.web.ProblemDetail;
import com.faultmaven.user.domain.privacy.Erasures;
import com.faultmaven.user.domain.privacy.Export;
import com.faultmaven.user.domain.privacy.Exports;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Asking for export and erasure of what the suite holds about a user (decisions, section 9). */
@Cancellable(false)
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "User data", description = "Take one's data away; have them erased")
@APIResponse(responseCode = "401", description = "No valid access token")
@APIResponse(
    responseCode = "404",
    description = "No such account, or not yours",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemDetail.class)))
public class UserDataResource {
  private final Exports exports;
  private final Erasures erasures;
  private final Callers callers;

  /** Wires the bean. */
  @Inject
  public UserDataResource(Exports exports, Erasures erasures, Callers callers) {
    this.exports = exports;
    this.erasures = erasures;
    this.callers = callers;
  }

  /** Allows an export. */
  @POST
  @Path("/{user_id}/export")
  @Operation(
      summary = "Ask for an export of a user's data",
      description =
          "Location leads to the archive for a day; asked again, the answer is the same. One's own;"
              + " admins may export everybody's, which is recorded.")
  @APIResponseSchema(value = Export.class, responseCode = "201")
  @APIResponse(responseCode = "403", description = "Another's, and not an admin any more")
  public Uni<Response> requestExport(@RestPath("user_id") String userId) {
    return exports
        .request(callers.actor(), userId)
        .map(
            created ->
                created.replayed()
                    ? Response.ok(created.body()).location(URI.create(created.location())).build()
                    : created.toResponse());
  }

  /** Begins an erasure. */
  @POST
  @Path("/{user_id}/erasure")
  @Operation(
      summary = "Erase a user's data, for good",
      description =
          "At once and without a way back: the account is deleted, then every service erases what it"
              + " holds. Location shows how far that is. DELETE /users/{user_id} leaves thirty days.")
  @APIResponseSchema(value = ErasureAnswer.class, responseCode = "202")
  @APIResponse(responseCode = "403", description = "Another's, and not an admin any more")
  @APIResponse(responseCode = "409", description = "last-admin")
  public Uni<Response> requestErasure(@RestPath("user_id") String userId) {
    return erasures
        .request(callers.actor(), userId)
        .map(
            erasure ->
                Response.accepted(ErasureAnswer.of(erasure))
                    .location(URI.create("/api/v1/erasures/" + erasure.erasureId()))
                    .build());
  }
}
