package com.faultmaven.user.domain.passkey;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A browser's answer to a request to sign in ({@code AuthenticationResponseJSON}); binary fields in
 * Base64url.
 *
 * @param credentialId the authenticator's id of the passkey
 * @param clientData JSON that the browser has made, with the challenge
 * @param authenticatorData what the authenticator says: flags and counter
 * @param signature over both
 * @param userHandle what the authenticator calls the account
 */
record Assertion(
    String credentialId,
    String clientData,
    String authenticatorData,
    String signature,
    String userHandle) {
  /** Reads it; throws {@link PasskeyRefused}. */
  static Assertion of(JsonNode credential) {
    CredentialFields fields = new CredentialFields(credential);
    return new Assertion(
        fields.credentialId(),
        fields.response("clientDataJSON"),
        fields.response("authenticatorData"),
        fields.response("signature"),
        fields.response("userHandle"));
  }
}
