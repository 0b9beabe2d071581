package com.faultmaven.session.storage;

import com.faultmaven.common.security.AtRestEncryption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.Optional;

/**
 * Encrypts what is kept in Redis (decisions, section 7), bound to the Redis key under which the
 * value stands, so that nobody can pass one session's value off as another's.
 *
 * <p>A value is {@code v1.<key id>.<nonce and ciphertext, base64url>}: after a rotation values are
 * written with the new key and read with either.
 */
@ApplicationScoped
public class SessionCipher {
  private static final String VERSION = "v1";

  private final AtRestEncryption encryption;

  /** Wires the bean. */
  @Inject
  public SessionCipher(AtRestEncryption encryption) {
    this.encryption = encryption;
  }

  /** Encrypts a value that will stand under the Redis key. */
  public String seal(String redisKey, byte[] plain) {
    byte[] sealed = encryption.encrypt(plain, redisKey);
    return VERSION
        + "."
        + encryption.keyId()
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * Decrypts a value that stands under the Redis key; empty when it was not written there by this
   * system, was changed, or its encryption key is not known any more.
   */
  public Optional<byte[]> open(String redisKey, String value) {
    String[] parts = value.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      return Optional.empty();
    }
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(parts[2]);
      return Optional.of(encryption.decrypt(sealed, parts[1], redisKey));
    } catch (IllegalStateException | IllegalArgumentException forged) {
      return Optional.empty();
    }
  }
}
