package com.faultmaven.user.api;

import com.faultmaven.user.domain.SigningKeys;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.Cache;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The public keys of access tokens (decisions, section 7). */
@Cancellable(false)
@Path("/.well-known")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = "Keys", description = "Public keys that verify access tokens")
public class WellKnownResource {
  private final SigningKeys keys;
  private final String issuer;

  /** Wires the bean. */
  @Inject
  public WellKnownResource(
      SigningKeys keys, @ConfigProperty(name = "faultmaven.issuer") String issuer) {
    this.keys = keys;
    this.issuer = issuer;
  }

  /** The key set. */
  @GET
  @Path("/jwks.json")
  @Cache(maxAge = 60)
  @Operation(summary = "Public keys of access tokens")
  @APIResponse(responseCode = "200", description = "JSON Web Key Set")
  public Uni<JsonWebKeySet> jwks() {
    return keys.published()
        .map(published -> new JsonWebKeySet(published.stream().map(JsonWebKey::of).toList()));
  }

  /** Where the key set is. */
  @GET
  @Path("/openid-configuration")
  @Cache(maxAge = 60)
  @Operation(summary = "Where verifiers find the keys")
  @APIResponse(responseCode = "200", description = "Discovery document")
  public OpenIdConfiguration openidConfiguration(@Context UriInfo uri) {
    return new OpenIdConfiguration(
        issuer,
        uri.getBaseUriBuilder().path("/.well-known/jwks.json").build().toString(),
        List.of("ES256"),
        List.of("public"),
        List.of("sub", "iss", "aud", "exp", "iat", "jti", "upn", "groups", "sid"));
  }
}
