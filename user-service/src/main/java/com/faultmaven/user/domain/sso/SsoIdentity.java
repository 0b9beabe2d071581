package com.faultmaven.user.domain.sso;

import java.util.Optional;

/**
 * Who somebody is, by a provider's word.
 *
 * @param provider its name
 * @param subject id of the account over there
 * @param verifiedEmail the address, when the provider vouches for it
 * @param preferredUsername what to call the account, at best
 * @param displayName the name that people read
 * @param secondFactor whether the provider has asked for more than one factor
 */
public record SsoIdentity(
    String provider,
    String subject,
    Optional<String> verifiedEmail,
    Optional<String> preferredUsername,
    Optional<String> displayName,
    boolean secondFactor) {
  /** Names the provider alone. */
  @Override
  public String toString() {
    return "SsoIdentity[" + provider + "]";
  }
}
