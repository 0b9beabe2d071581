package com.faultmaven.user.api;

import com.faultmaven.common.model.user.UserProfile;
import com.faultmaven.user.domain.EmailVerification;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Confirmation of addresses (API, user-service). */
@Cancellable(false)
@Path("/api/v1/auth/email")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auth", description = "Registration, log-in, tokens")
public class EmailResource {
  private final EmailVerification verification;
  private final Callers callers;

  /** Wires the bean. */
  @Inject
  public EmailResource(EmailVerification verification, Callers callers) {
    this.verification = verification;
    this.callers = callers;
  }

  /** Sends the caller a mail. */
  @POST
  @Path("/verification")
  @Authenticated
  @ResponseStatus(202)
  @Operation(
      summary = "Send a mail that confirms the address",
      description = "The token of the mail before is good no more.")
  @APIResponse(responseCode = "202", description = "The mail is queued")
  @APIResponse(responseCode = "401", description = "No valid access token")
  @APIResponse(responseCode = "409", description = "email-already-verified")
  @APIResponse(responseCode = "429", description = "Too many mails; see Retry-After")
  public Uni<Void> requestEmailVerification() {
    return verification.request(callers.actor());
  }

  /** Confirms an address. */
  @POST
  @Path("/verify")
  @PermitAll
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Confirm an address by the token of the mail",
      description = "The same token once more gets the same answer.")
  @APIResponse(responseCode = "200", description = "The account, its address confirmed")
  @APIResponse(responseCode = "400", description = "invalid-token, or a field is wrong")
  @APIResponse(responseCode = "429", description = "Too many tries; see Retry-After")
  public Uni<UserProfile> verifyEmail(
      @NotNull(message = "is missing") @Valid TokenRequest request) {
    return verification.confirm(request.token(), callers.origin());
  }
}
