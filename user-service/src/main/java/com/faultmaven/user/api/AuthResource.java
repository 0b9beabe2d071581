package com.faultmaven.user.api;

import com.faultmaven.common.model.user.UserProfile;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.ProblemDetail;
import com.faultmaven.user.domain.Accounts;
import com.faultmaven.user.domain.Login;
import com.faultmaven.user.domain.Logout;
import com.faultmaven.user.domain.RefreshTokenRotation;
import com.faultmaven.user.domain.Registration;
import com.faultmaven.user.domain.ServiceTokens;
import com.faultmaven.user.domain.factor.SecondFactorLogin;
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
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Registration and log-in (API, user-service). */
@Cancellable(false)
@Path("/api/v1/auth")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auth", description = "Registration, log-in, tokens")
public class AuthResource {
  private final Registration registration;
  private final Login login;
  private final SecondFactorLogin secondFactor;
  private final ServiceTokens serviceTokens;
  private final RefreshTokenRotation rotation;
  private final Logout logout;
  private final Accounts accounts;
  private final Callers callers;

  /** Wires the bean. */
  @Inject
  public AuthResource(
      Registration registration,
      Login login,
      SecondFactorLogin secondFactor,
      ServiceTokens serviceTokens,
      RefreshTokenRotation rotation,
      Logout logout,
      Accounts accounts,
      Callers callers) {
    this.registration = registration;
    this.login = login;
    this.secondFactor = secondFactor;
    this.serviceTokens = serviceTokens;
    this.rotation = rotation;
    this.logout = logout;
    this.accounts = accounts;
    this.callers = callers;
  }

  /** Registers an account with the role user. */
  @POST
  @Path("/register")
  @Consumes(MediaType.APPLICATION_JSON)
  @PermitAll
  @Operation(summary = "Register an account")
  @APIResponse(
      responseCode = "201",
      description = "Registered",
      headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = UserProfile.class)))
  @APIResponse(responseCode = "400", description = "A field is missing or wrong, a weak password")
  @APIResponse(
      responseCode = "409",
      description = "username-taken, email-taken",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = ProblemDetail.class)))
  @APIResponse(responseCode = "422", description = "The Idempotency-Key came with another request")
  @APIResponse(
      responseCode = "429",
      description = "Too many registrations from this address; see Retry-After")
  @APIResponse(responseCode = "503", description = "Too many at once; see Retry-After")
  public Uni<Response> register(
      @Parameter(description = "Makes the request safe to repeat for 24 hours")
          @RestHeader("Idempotency-Key")
          @Nullable String idempotencyKey,
      @NotNull(message = "is missing") @Valid RegisterRequest request) {
    return registration
        .register(request.toAccount(), idempotencyKey, callers.origin())
        .map(Created::toResponse);
  }

  /** Logs in. */
  @POST
  @Path("/login")
  @Consumes(MediaType.APPLICATION_JSON)
  @PermitAll
  @Operation(
      summary = "Log in",
      description =
          "With a client_id the client's session is opened or resumed. An unknown account and a"
              + " wrong password are answered alike.")
  @APIResponse(responseCode = "200", description = "Logged in")
  @APIResponse(responseCode = "400", description = "A field is missing or wrong")
  @APIResponse(
      responseCode = "401",
      description = "invalid-credentials; second-factor-required, with a challenge",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = ProblemDetail.class)))
  @APIResponse(responseCode = "403", description = "account-deactivated, email-not-verified")
  @APIResponse(responseCode = "429", description = "Too many failed log-ins; see Retry-After")
  @APIResponse(responseCode = "503", description = "Too many at once; see Retry-After")
  public Uni<TokenAnswer> login(@NotNull(message = "is missing") @Valid LoginRequest request) {
    return login.login(request.toCredentials(), callers.origin()).map(TokenAnswer::of);
  }

  /** The second step of a log-in. */
  @POST
  @Path("/login/second-factor")
  @Consumes(MediaType.APPLICATION_JSON)
  @PermitAll
  @Operation(
      summary = "Log in, second step",
      description =
          "Exchanges the challenge of a log-in that answered second-factor-required, with a code of"
              + " the authenticator application or a recovery code, for tokens.")
  @APIResponse(responseCode = "200", description = "Logged in")
  @APIResponse(responseCode = "400", description = "A field is missing or wrong")
  @APIResponse(responseCode = "401", description = "wrong-code, invalid-challenge")
  @APIResponse(
      responseCode = "409",
      description = "sso-linked-elsewhere: the account, or who signs in, is linked by now")
  @APIResponse(responseCode = "429", description = "Too many wrong codes; see Retry-After")
  public Uni<TokenAnswer> loginWithSecondFactor(
      @NotNull(message = "is missing") @Valid SecondFactorLoginRequest request) {
    return secondFactor
        .login(request.challenge(), request.toProof(), callers.origin())
        .map(TokenAnswer::of);
  }

  /** A service's token. */
  @POST
  @Path("/service-token")
  @Consumes(MediaType.APPLICATION_JSON)
  @PermitAll
  @Operation(
      summary = "Token of a service",
      description = "Client credentials against an access token in the role service.")
  @APIResponse(responseCode = "200", description = "The token")
  @APIResponse(responseCode = "400", description = "A field is missing or wrong")
  @APIResponse(responseCode = "401", description = "invalid-client")
  @APIResponse(responseCode = "429", description = "Too many wrong secrets; see Retry-After")
  public Uni<ServiceTokenAnswer> serviceToken(
      @NotNull(message = "is missing") @Valid ServiceTokenRequest request) {
    return serviceTokens
        .issue(request.clientId(), request.clientSecret(), callers.origin())
        .map(ServiceTokenAnswer::of);
  }

  /** Exchanges a refresh token for the next pair. */
  @POST
  @Path("/refresh")
  @Consumes(MediaType.APPLICATION_JSON)
  @PermitAll
  @Operation(
      summary = "Exchange a refresh token",
      description = "Each refresh token is good for one use; a second use ends the whole log-in.")
  @APIResponse(responseCode = "200", description = "The next pair of tokens")
  @APIResponse(responseCode = "400", description = "A field is missing or wrong")
  @APIResponse(responseCode = "401", description = "invalid-refresh-token: log in again")
  public Uni<TokenAnswer> refresh(@NotNull(message = "is missing") @Valid RefreshRequest request) {
    return rotation.rotate(request.refreshToken(), callers.origin()).map(TokenAnswer::of);
  }

  /** Logs out. */
  @POST
  @Path("/logout")
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Log out",
      description =
          "Ends the refresh tokens of this log-in, and the session that the access token or the"
              + " request names. The body may be left out.")
  @APIResponse(responseCode = "204", description = "Logged out")
  @APIResponse(responseCode = "400", description = "A field is wrong")
  @APIResponse(responseCode = "401", description = "No valid access token")
  public Uni<Void> logout(@Valid @Nullable LogoutRequest request) {
    String named = request == null ? null : request.sessionId();
    return logout.logout(
        callers.actor(),
        callers.tokenId(),
        named == null ? callers.sessionId() : named,
        request == null ? null : request.refreshToken());
  }

  /** The caller's own profile. */
  @GET
  @Path("/me")
  @Authenticated
  @Operation(summary = "Own profile")
  @APIResponse(responseCode = "200", description = "The profile")
  @APIResponse(responseCode = "401", description = "No valid access token, or the account is gone")
  public Uni<UserProfile> me() {
    return accounts.own(callers.actor().userId());
  }
}
