package com.faultmaven.user.domain.passkey;

import java.util.List;

/**
 * What a browser needs to make a passkey; binary values in Base64url.
 *
 * @param rpId the domain that it will belong to
 * @param rpName what people read
 * @param userHandle what the authenticator will call the account
 * @param username name of the account
 * @param displayName the name that people read
 * @param challenge what the browser must send back
 * @param timeoutMillis how long it may take
 * @param existing the account's passkeys: an authenticator that has one makes no second
 */
public record RegistrationOptions(
    String rpId,
    String rpName,
    String userHandle,
    String username,
    String displayName,
    String challenge,
    long timeoutMillis,
    List<Passkey> existing) {
  public RegistrationOptions {
    existing = List.copyOf(existing);
  }
}
