package com.faultmaven.user.domain;

import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;

/**
 * A key pair that signs access tokens (ES256).
 *
 * @param keyId the {@code kid}: the public key's RFC 7638 thumbprint
 * @param publicKey what verifies
 * @param privateKey what signs
 * @param activeFrom when tokens may be signed with it
 */
public record SigningKey(
    String keyId, ECPublicKey publicKey, PrivateKey privateKey, Instant activeFrom) {
  /** Names the key alone. */
  @Override
  public String toString() {
    return "SigningKey[" + keyId + "]";
  }
}
