package com.faultmaven.user.domain;

import java.time.Instant;
import java.util.Base64;

/**
 * A signing key as it is stored.
 *
 * @param keyId the {@code kid}
 * @param publicKey X.509 SubjectPublicKeyInfo, Base64
 * @param encryptedPrivateKey PKCS #8, encrypted, Base64
 * @param encryptionKeyId which key encrypted it
 * @param createdAt when it was made
 * @param activeFrom when tokens may be signed with it
 */
public record StoredSigningKey(
    String keyId,
    String publicKey,
    String encryptedPrivateKey,
    String encryptionKeyId,
    Instant createdAt,
    Instant activeFrom) {
  /** The public key's bytes. */
  public byte[] publicKeyBytes() {
    return Base64.getDecoder().decode(publicKey);
  }

  /** The encrypted private key's bytes. */
  public byte[] encryptedPrivateKeyBytes() {
    return Base64.getDecoder().decode(encryptedPrivateKey);
  }

  /** Names the key alone. */
  @Override
  public String toString() {
    return "StoredSigningKey[" + keyId + "]";
  }
}
