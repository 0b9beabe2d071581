package com.faultmaven.user.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Problem;
import com.faultmaven.common.web.ProblemDetail;
import com.faultmaven.user.domain.passkey.PasskeyLogin;
import com.faultmaven.user.domain.passkey.PasskeyRegistration;
import com.faultmaven.user.domain.passkey.PasskeySummary;
import com.faultmaven.user.domain.passkey.Passkeys;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Passkeys (API, user-service). */
@Cancellable(false)
@Path("/api/v1/auth/passkeys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Passkeys", description = "Signing in without a password (WebAuthn)")
public class PasskeysResource {
  private final PasskeyRegistration registration;
  private final PasskeyLogin login;
  private final Passkeys passkeys;
  private final Callers callers;

  /** Wires the bean. */
  @Inject
  public PasskeysResource(
      PasskeyRegistration registration, PasskeyLogin login, Passkeys passkeys, Callers callers) {
    this.registration = registration;
    this.login = login;
    this.passkeys = passkeys;
    this.callers = callers;
  }

  /** Begins to add a passkey. */
  @POST
  @Path("/registration-options")
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Begin to add a passkey",
      description =
          "What the browser's parseCreationOptionsFromJSON takes. An account with a password must"
              + " send it: a stolen access token alone adds no way in.")
  @APIResponse(responseCode = "200", description = "What to call the browser with")
  @APIResponse(responseCode = "400", description = "A field is wrong, the password is missing")
  @APIResponse(responseCode = "401", description = "No valid access token, or the account is gone")
  @APIResponse(
      responseCode = "403",
      description = "wrong-password",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = ProblemDetail.class)))
  @APIResponse(responseCode = "429", description = "Too many wrong passwords; see Retry-After")
  @APIResponse(responseCode = "503", description = "Too many at once; see Retry-After")
  public Uni<PasskeyCreationOptions> passkeyRegistrationOptions(
      @Valid @Nullable PasskeyOptionsRequest request) {
    return registration
        .begin(callers.actor(), request == null ? null : request.password())
        .map(PasskeyCreationOptions::of);
  }

  /** Adds a passkey. */
  @POST
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Add a passkey",
      description = "The credential is what the browser's PublicKeyCredential.toJSON() gives.")
  @APIResponse(
      responseCode = "201",
      description = "Added",
      headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = PasskeySummary.class)))
  @APIResponse(responseCode = "400", description = "A field is missing or wrong, passkey-invalid")
  @APIResponse(responseCode = "401", description = "No valid access token, or the account is gone")
  @APIResponse(
      responseCode = "409",
      description = "passkey-exists, too-many-passkeys",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = ProblemDetail.class)))
  @APIResponse(responseCode = "422", description = "The Idempotency-Key came with another request")
  @APIResponse(responseCode = "503", description = "Too many at once; see Retry-After")
  public Uni<Response> addPasskey(
      @Parameter(description = "Makes the request safe to repeat for 24 hours")
          @RestHeader("Idempotency-Key")
          @Nullable String idempotencyKey,
      @NotNull(message = "is missing") @Valid PasskeyRequest request) {
    return registration
        .finish(
            callers.actor(), request.name().strip(), object(request.credential()), idempotencyKey)
        .map(Created::toResponse);
  }

  /** The caller's own passkeys. */
  @GET
  @Authenticated
  @Operation(summary = "Own passkeys", description = "Oldest first.")
  @APIResponse(responseCode = "200", description = "All of them")
  @APIResponse(responseCode = "401", description = "No valid access token")
  public Uni<PasskeyList> listPasskeys() {
    return passkeys.list(callers.actor()).map(PasskeyList::new);
  }

  /** Removes a passkey. */
  @POST
  @Path("/{passkey_id}/remove")
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Remove a passkey",
      description =
          "Nobody signs in with it any more. An account with a password must send it: a stolen"
              + " access token alone takes no way in from its owner.")
  @APIResponse(responseCode = "204", description = "Removed")
  @APIResponse(responseCode = "400", description = "A field is wrong, the password is missing")
  @APIResponse(responseCode = "401", description = "No valid access token, or the account is gone")
  @APIResponse(responseCode = "403", description = "wrong-password")
  @APIResponse(
      responseCode = "404",
      description = "No such passkey, or not yours",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = ProblemDetail.class)))
  @APIResponse(responseCode = "429", description = "Too many wrong passwords; see Retry-After")
  @APIResponse(responseCode = "503", description = "Too many at once; see Retry-After")
  public Uni<Void> removePasskey(
      @RestPath("passkey_id") String passkeyId, @Valid @Nullable PasskeyOptionsRequest request) {
    return passkeys.remove(callers.actor(), passkeyId, request == null ? null : request.password());
  }

  /** Begins to sign in. */
  @POST
  @Path("/login-options")
  @PermitAll
  @Operation(
      summary = "Begin to sign in with a passkey",
      description =
          "What the browser's parseRequestOptionsFromJSON takes. It takes no body and names no"
              + " account: the authenticator offers the passkeys that it has.")
  @APIResponse(responseCode = "200", description = "What to call the browser with")
  public PasskeyLoginOptions passkeyLoginOptions() {
    return PasskeyLoginOptions.of(login.begin());
  }

  /** Signs in with a passkey. */
  @POST
  @Path("/login")
  @PermitAll
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Sign in with a passkey",
      description =
          "Answers as a log-in with a password does. With a client_id the client's session is"
              + " opened or resumed. Whatever is wrong with the passkey is answered alike.")
  @APIResponse(responseCode = "200", description = "Signed in")
  @APIResponse(responseCode = "400", description = "A field is missing or wrong")
  @APIResponse(
      responseCode = "401",
      description = "passkey-refused",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = ProblemDetail.class)))
  @APIResponse(responseCode = "403", description = "account-deactivated")
  @APIResponse(responseCode = "429", description = "Too many failed log-ins; see Retry-After")
  @APIResponse(responseCode = "503", description = "Too many at once; see Retry-After")
  public Uni<TokenAnswer> passkeyLogin(
      @NotNull(message = "is missing") @Valid PasskeyLoginRequest request) {
    return login
        .login(object(request.credential()), request.clientId(), callers.origin())
        .map(TokenAnswer::of);
  }

  private static JsonNode object(JsonNode credential) {
    if (!credential.isObject()) {
      throw Problem.invalid("credential", "must be an object");
    }
    return credential;
  }
}
