package com.faultmaven.user.domain.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A browser's answer to a request for a new passkey ({@code RegistrationResponseJSON}); binary
 * fields in Base64url.
 *
 * @param credentialId the authenticator's id of the passkey
 * @param clientData JSON that the browser has made, with the challenge
 * @param attestationObject what the authenticator has made, with the public key, in CBOR
 * @param transports how the browser reaches the authenticator
 */
@RegisterForReflection
record Attestation(
    String credentialId, String clientData, String attestationObject, List<String> transports) {
  /** Reads it; throws {@link PasskeyRefused}. */
  static Attestation of(JsonNode credential) {
    CredentialFields fields = new CredentialFields(credential);
    return new Attestation(
        fields.credentialId(),
        fields.response("clientDataJSON"),
        fields.response("attestationObject"),
        fields.transports());
  }
}
