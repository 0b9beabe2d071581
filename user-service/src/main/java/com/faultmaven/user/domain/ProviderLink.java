package com.faultmaven.user.domain;

/**
 * What ties an account to somebody at another issuer.
 *
 * @param provider the issuer's name in the settings
 * @param subject id of the account over there
 */
public record ProviderLink(String provider, String subject) {
  /** Names the provider alone. */
  @Override
  public String toString() {
    return "ProviderLink[" + provider + "]";
  }
}
