package com.faultmaven.common.security;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcIdentityProvider;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Answers who a bearer token stands for: from {@link VerifiedTokens}, otherwise by a verification
 * with quarkus-oidc, whose success is remembered. A refusal is never remembered. Reading the header
 * and the challenge stay with quarkus-oidc.
 *
 * <p>One ES256 signature costs about a millisecond of a core, more than the rest of a small read.
 */
@ApplicationScoped
public class TokenVerification implements IdentityProvider<TokenAuthenticationRequest> {
  private final IdentityProvider<TokenAuthenticationRequest> verifier;
  private final VerifiedTokens verified;

  /** Wires the bean. */
  @Inject
  public TokenVerification(OidcIdentityProvider verifier, VerifiedTokens verified) {
    this((IdentityProvider<TokenAuthenticationRequest>) verifier, verified);
  }

  TokenVerification(
      IdentityProvider<TokenAuthenticationRequest> verifier, VerifiedTokens verified) {
    this.verifier = verifier;
    this.verified = verified;
  }

  @Override
  public Class<TokenAuthenticationRequest> getRequestType() {
    return TokenAuthenticationRequest.class;
  }

  /** Before quarkus-oidc's own provider. */
  @Override
  public int priority() {
    return verifier.priority() + 1;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenAuthenticationRequest request, AuthenticationRequestContext context) {
    if (!(request.getToken() instanceof AccessTokenCredential credential)) {
      return verifier.authenticate(request, context);
    }
    String token = credential.getToken();
    return verified
        .find(token)
        .map(identity -> Uni.createFrom().item(identity))
        .orElseGet(
            () ->
                verifier
                    .authenticate(request, context)
                    .onItem()
                    .ifNotNull()
                    .transform(identity -> verified.remember(token, identity)));
  }
}
