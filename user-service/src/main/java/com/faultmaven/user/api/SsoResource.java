package com.faultmaven.user.api;

import com.faultmaven.common.web.ProblemDetail;
import com.faultmaven.user.domain.sso.SsoAnswer;
import com.faultmaven.user.domain.sso.SsoCallback;
import com.faultmaven.user.domain.sso.SsoProviders;
import com.faultmaven.user.domain.sso.SsoStart;
import com.faultmaven.user.domain.sso.StartedLogin;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Signing in at another issuer (API, user-service): OpenID Connect code flow with PKCE. */
@Cancellable(false)
@Path(SsoResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = "Single sign-on", description = "Signing in at Google, Okta, Azure or another issuer")
public class SsoResource {
  static final String PATH = "/api/v1/auth/sso";

  /** Ties a log-in to the browser that has started it. */
  static final String COOKIE = "faultmaven_sso";

  private static final int MAX_CODE = 8_192;
  private static final int MAX_ERROR_DESCRIPTION = 8_192;

  private final SsoProviders providers;
  private final SsoStart start;
  private final SsoCallback callback;
  private final Callers callers;

  /** Wires the bean. */
  @Inject
  public SsoResource(
      SsoProviders providers, SsoStart start, SsoCallback callback, Callers callers) {
    this.providers = providers;
    this.start = start;
    this.callback = callback;
    this.callers = callers;
  }

  /** Where one can sign in. */
  @GET
  @Path("/providers")
  @Operation(summary = "List the providers that one can sign in at")
  @APIResponse(responseCode = "200", description = "The providers, by name")
  public List<SsoProviderAnswer> listSsoProviders() {
    return providers.all().stream().map(SsoProviderAnswer::of).toList();
  }

  /** Sends a browser to a provider. */
  @GET
  @Path("/{provider}/authorize")
  @Operation(
      summary = "Begin to sign in at a provider",
      description =
          "For a browser to open: it is sent on to the provider, with a cookie that the callback"
              + " needs.")
  @APIResponse(
      responseCode = "302",
      description = "Go on at the provider",
      headers = {
        @Header(name = "Location", schema = @Schema(implementation = String.class)),
        @Header(name = "Set-Cookie", schema = @Schema(implementation = String.class))
      },
      content = @Content)
  @APIResponse(responseCode = "400", description = "client_id is wrong")
  @APIResponse(responseCode = "404", description = "There is no such provider")
  @APIResponse(responseCode = "429", description = "Too many log-ins; see Retry-After")
  @APIResponse(
      responseCode = "503",
      description = "sso-provider-unavailable; see Retry-After",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = ProblemDetail.class)))
  public Uni<Response> authorize(
      @RestPath String provider,
      @Parameter(description = "Device or client whose session is opened or resumed")
          @RestQuery("client_id")
          @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
          @Pattern(regexp = Texts.SAYING_LINE, message = Texts.SAYING_LINE_MESSAGE)
          @Nullable String clientId,
      @Parameter(hidden = true) @RestCookie(COOKIE) @Nullable String browser) {
    return start
        .start(provider, clientId, browser, callers.origin())
        .map(
            started ->
                Response.status(Response.Status.FOUND)
                    .location(started.location())
                    .cookie(cookie(started))
                    .build());
  }

  /** Takes what a browser brings back from a provider. */
  @GET
  @Path("/{provider}/callback")
  @Operation(
      summary = "Finish signing in at a provider",
      description =
          "Where the provider sends the browser back to. Works once, in the browser that began."
              + " Someone new gets an account; an account of the same verified address is linked,"
              + " when it has a second factor after a code alone.")
  @APIResponse(responseCode = "200", description = "Signed in")
  @APIResponse(
      responseCode = "400",
      description = "sso-state-invalid: start again",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = ProblemDetail.class)))
  @APIResponse(
      responseCode = "401",
      description = "sso-refused; reason says why. second-factor-required, with a challenge")
  @APIResponse(responseCode = "403", description = "sso-email-unverified, account-deactivated")
  @APIResponse(responseCode = "404", description = "There is no such provider")
  @APIResponse(responseCode = "409", description = "sso-linked-elsewhere")
  @APIResponse(responseCode = "429", description = "Too many log-ins; see Retry-After")
  @APIResponse(
      responseCode = "503",
      description = "sso-provider-unavailable, sso-busy; see Retry-After")
  public Uni<TokenAnswer> callback(
      @RestPath String provider,
      @Parameter(description = "The provider's code")
          @RestQuery
          @Size(max = MAX_CODE, message = "must have at most {max} characters")
          @Nullable String code,
      @Parameter(description = "What the provider was sent") @RestQuery @Nullable String state,
      @Parameter(description = "Why the provider refuses") @RestQuery @Nullable String error,
      @Parameter(description = "More about it, which is not used")
          @RestQuery("error_description")
          @Size(max = MAX_ERROR_DESCRIPTION, message = "must have at most {max} characters")
          @Nullable String errorDescription,
      @Parameter(hidden = true) @RestCookie(COOKIE) @Nullable String browser) {
    return callback
        .finish(provider, new SsoAnswer(state, code, error, browser), callers.origin())
        .map(TokenAnswer::of);
  }

  static NewCookie cookie(StartedLogin started) {
    return new NewCookie.Builder(COOKIE)
        .value(started.browser())
        .path(PATH)
        .httpOnly(true)
        // The provider leads back from another site, which strict would not allow.
        .sameSite(NewCookie.SameSite.LAX)
        .secure(started.overTls())
        .maxAge((int) started.lifetime().toSeconds())
        .build();
  }
}
