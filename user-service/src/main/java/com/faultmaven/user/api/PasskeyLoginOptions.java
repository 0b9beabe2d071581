package com.faultmaven.user.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.faultmaven.user.domain.passkey.SignInOptions;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * {@code PublicKeyCredentialRequestOptionsJSON} of WebAuthn level 3, for the browser's {@code
 * PublicKeyCredential.parseRequestOptionsFromJSON}; the names are the browser's. It names no
 * passkey: the authenticator offers those that it has.
 *
 * @param challenge Base64url
 * @param timeout milliseconds
 * @param relyingParty the domain that the passkey belongs to
 * @param userVerification required: the authenticator must check its owner
 */
@Schema(name = "PasskeyLoginOptions")
public record PasskeyLoginOptions(
    String challenge,
    long timeout,
    @JsonProperty("rpId") String relyingParty,
    @JsonProperty("userVerification") String userVerification) {
  static PasskeyLoginOptions of(SignInOptions options) {
    return new PasskeyLoginOptions(
        options.challenge(), options.timeoutMillis(), options.rpId(), "required");
  }
}
