package com.faultmaven.user.domain.sso;

import io.smallrye.mutiny.Uni;

/**
 * Calls OpenID providers, within bounds of time and size. Everything fails with {@link
 * ProviderUnavailableException} when the provider is away or answers what it must not.
 */
public interface OpenIdClient {
  /** Reads what a provider publishes about itself, which must name the configured issuer. */
  Uni<ProviderMetadata> discover(SsoProvider provider);

  /** Reads a provider's public keys. */
  Uni<ProviderKeys> keys(SsoProvider provider, ProviderMetadata metadata);

  /**
   * Exchanges a code for an ID token.
   *
   * @return the token, not yet verified; fails with {@link SsoRefusedException} when the provider
   *     refuses
   */
  Uni<String> exchange(SsoProvider provider, ProviderMetadata metadata, CodeExchange exchange);
}
