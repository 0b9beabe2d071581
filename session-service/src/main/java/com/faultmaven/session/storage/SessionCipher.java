package com.faultmaven.session.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Encrypts what is kept in Redis (decisions, section 7): AES-256-GCM, bound to the Redis key under
 * which the value stands, so that nobody can pass one session's value off as another's.
 *
 * <p>A value is {@code v1.<key id>.<nonce and ciphertext, base64url>}. The key id is the beginning
 * of a fingerprint of the key: to rotate, make the present key a former one and configure a new
 * one; values are written with the new one from then on and read with either. Each Redis key is
 * encrypted with a key of its own, derived by HMAC-SHA-256, so that random nonces cannot wear out.
 */
@ApplicationScoped
public class SessionCipher {
  private static final String VERSION = "v1";
  private static final String PURPOSE = "faultmaven session value v1:";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
  private final String currentId;
  private final SecureRandom random = new SecureRandom();

  /**
   * Reads the keys.
   *
   * @param key base64 of 32 bytes, what is written with
   * @param formerKeys more of them, what else is read
   * @throws IllegalArgumentException when one is not a key; the message does not hold it
   */
  @Inject
  public SessionCipher(
      @ConfigProperty(name = "faultmaven.encryption-key") String key,
      @ConfigProperty(name = "faultmaven.former-encryption-keys")
          Optional<List<String>> formerKeys) {
    currentId = add(key, "faultmaven.encryption-key");
    formerKeys
        .orElse(List.of())
        .forEach(former -> add(former, "faultmaven.former-encryption-keys"));
  }

  /** Encrypts a value that will stand under the Redis key. */
  public String seal(String redisKey, byte[] plain) {
    String header = VERSION + "." + currentId;
    byte[] sealed = new byte[NONCE_BYTES + plain.length + TAG_BITS / 8];
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, currentId, header, redisKey, nonce);
      cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM cannot encrypt", e);
    }
    return header + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * Decrypts a value that stands under the Redis key; empty when it was not written there by this
   * system, was changed, or its encryption key is not known any more.
   */
  public Optional<byte[]> open(String redisKey, String value) {
    String[] parts = value.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION) || !keys.containsKey(parts[1])) {
      return Optional.empty();
    }
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(parts[2]);
      if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
        return Optional.empty();
      }
      byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
      String header = parts[0] + "." + parts[1];
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, parts[1], header, redisKey, nonce);
      return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
    } catch (GeneralSecurityException | IllegalArgumentException forged) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, String keyId, String header, String redisKey, byte[] nonce)
      throws GeneralSecurityException {
    Mac derivation = Mac.getInstance("HmacSHA256");
    derivation.init(keys.get(keyId));
    byte[] key = derivation.doFinal((PURPOSE + redisKey).getBytes(UTF_8));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((header + "." + redisKey).getBytes(UTF_8));
    return cipher;
  }

  private String add(String base64, String setting) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(setting + " is not base64");
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(setting + " must be base64 of 32 bytes");
    }
    try {
      Mac fingerprint = Mac.getInstance("HmacSHA256");
      fingerprint.init(new SecretKeySpec(bytes, "HmacSHA256"));
      byte[] digest = fingerprint.doFinal("faultmaven key id".getBytes(UTF_8));
      String id = HexFormat.of().formatHex(digest, 0, 4);
      keys.put(id, new SecretKeySpec(bytes, "HmacSHA256"));
      return id;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }
}
