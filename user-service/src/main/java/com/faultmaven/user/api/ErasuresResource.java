package com.faultmaven.user.api;

import com.faultmaven.common.web.ProblemDetail;
import com.faultmaven.user.domain.privacy.Erasures;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Erasures that were asked for, or that have followed a deletion (decisions, section 9). */
@Cancellable(false)
@Path("/api/v1/erasures")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "User data", description = "Take one's data away; have them erased")
@APIResponse(responseCode = "401", description = "No valid access token")
@APIResponse(
    responseCode = "404",
    description = "No such erasure, or not yours",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemDetail.class)))
public class ErasuresResource {
  private final Erasures erasures;
  private final Callers callers;

  /** Wires the bean. */
  @Inject
  public ErasuresResource(Erasures erasures, Callers callers) {
    this.erasures = erasures;
    this.callers = callers;
  }

  /** How far an erasure is. */
  @GET
  @Path("/{erasure_id}")
  @Operation(
      summary = "See how far an erasure is",
      description = "For whose data it is about as long as the access token lasts, and for admins.")
  @APIResponse(responseCode = "200", description = "What each service has answered")
  public Uni<ErasureAnswer> getErasure(@RestPath("erasure_id") String erasureId) {
    return erasures.find(callers.actor(), erasureId).map(ErasureAnswer::of);
  }
}
