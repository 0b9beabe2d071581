package com.faultmaven.user.api;

import com.faultmaven.user.domain.PasswordChange;
import com.faultmaven.user.domain.PasswordReset;
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

/** Passwords (API, user-service). */
@Cancellable(false)
@Path("/api/v1/auth/password")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auth", description = "Registration, log-in, tokens")
public class PasswordResource {
  private final PasswordChange change;
  private final PasswordReset reset;
  private final Callers callers;

  /** Wires the bean. */
  @Inject
  public PasswordResource(PasswordChange change, PasswordReset reset, Callers callers) {
    this.change = change;
    this.reset = reset;
    this.callers = callers;
  }

  /** Changes the password. */
  @POST
  @Path("/change")
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Change the password",
      description = "Log-ins of other devices end; this one stays.")
  @APIResponse(responseCode = "204", description = "Changed")
  @APIResponse(responseCode = "400", description = "A weak password, or a field is wrong")
  @APIResponse(responseCode = "401", description = "No valid access token")
  @APIResponse(responseCode = "403", description = "wrong-password")
  @APIResponse(responseCode = "409", description = "no-password: the account signs in elsewhere")
  @APIResponse(responseCode = "429", description = "Too many wrong ones; see Retry-After")
  @APIResponse(responseCode = "503", description = "Too many at once; see Retry-After")
  public Uni<Void> changePassword(
      @NotNull(message = "is missing") @Valid PasswordChangeRequest request) {
    return change.change(
        callers.actor(), callers.tokenId(), request.currentPassword(), request.newPassword());
  }

  /** Sends a mail with which a new password can be set. */
  @POST
  @Path("/forgot")
  @PermitAll
  @ResponseStatus(202)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Send a mail with which a new password can be set",
      description = "The answer is the same whether or not there is an account with the address.")
  @APIResponse(
      responseCode = "202",
      description = "If there is such an account, its mail is queued")
  @APIResponse(responseCode = "400", description = "A field is wrong")
  @APIResponse(responseCode = "429", description = "Too many mails; see Retry-After")
  public Uni<Void> forgotPassword(@NotNull(message = "is missing") @Valid ForgotRequest request) {
    return reset.forgot(request.email(), callers.origin());
  }

  /** Sets a new password. */
  @POST
  @Path("/reset")
  @PermitAll
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Set a new password by the token of the mail",
      description = "Every session and refresh token of the account ends.")
  @APIResponse(responseCode = "204", description = "Set")
  @APIResponse(responseCode = "400", description = "invalid-token, a weak password, a wrong field")
  @APIResponse(responseCode = "429", description = "Too many tries; see Retry-After")
  @APIResponse(responseCode = "503", description = "Too many at once; see Retry-After")
  public Uni<Void> resetPassword(@NotNull(message = "is missing") @Valid ResetRequest request) {
    return reset.reset(request.token(), request.newPassword(), callers.origin());
  }
}
