package com.faultmaven.user.domain.passkey;

/**
 * What a browser needs to sign in with a passkey; the same for everybody but the challenge.
 *
 * @param rpId the domain that the passkey belongs to
 * @param challenge what must be signed, Base64url
 * @param timeoutMillis how long it may take
 */
public record SignInOptions(String rpId, String challenge, long timeoutMillis) {}
