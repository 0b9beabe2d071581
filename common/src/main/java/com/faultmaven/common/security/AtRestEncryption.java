package com.faultmaven.common.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Encrypts secrets that are stored, with AES-256-GCM (decisions, section 7). A cipher text is 12
 * random bytes, then what the cipher gives; the id of the key is stored beside it.
 *
 * <p>The id is the beginning of a fingerprint of the key: to rotate, make the present key a former
 * one and configure a new one. What is encrypted with, for each context, and what fingerprints are
 * made with, are keys of their own, derived by HMAC-SHA-256, so that random nonces cannot wear out.
 */
@ApplicationScoped
public class AtRestEncryption {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_BYTES = 4;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, byte[]> keys = new HashMap<>();
  private final String keyId;

  /**
   * Reads the keys.
   *
   * @param key Base64 of 32 bytes, what is encrypted with
   * @param formerKeys more of them, what else can be decrypted
   * @throws IllegalArgumentException when one is not a key; the message names the setting alone
   */
  @Inject
  public AtRestEncryption(
      @ConfigProperty(name = "faultmaven.encryption-key") String key,
      @ConfigProperty(name = "faultmaven.former-encryption-keys")
          Optional<List<String>> formerKeys) {
    formerKeys
        .orElse(List.of())
        .forEach(former -> add(former, "faultmaven.former-encryption-keys"));
    keyId = add(key, "faultmaven.encryption-key");
  }

  /** Id of the key that new cipher texts are made with. */
  public String keyId() {
    return keyId;
  }

  /**
   * Encrypts.
   *
   * @param context what the secret belongs to; the same is needed to decrypt
   */
  public byte[] encrypt(byte[] plain, String context) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keyId, nonce, context).doFinal(plain);
      byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
      return whole;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encrypt " + context, e);
    }
  }

  /**
   * Decrypts.
   *
   * @param id id of the key that it was encrypted with
   * @throws IllegalStateException when the key is not known, or the cipher text is not of this key
   *     and context
   */
  public byte[] decrypt(byte[] sealed, String id, String context) {
    try {
      byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
      return cipher(Cipher.DECRYPT_MODE, id, nonce, context)
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "cannot decrypt "
              + context
              + ": faultmaven.encryption-key is not the key that it was encrypted with",
          e);
    }
  }

  /**
   * A fingerprint that only this service can make: HMAC-SHA-256 in lower-case hex.
   *
   * @param purpose keeps fingerprints for different uses apart
   */
  public String fingerprint(String purpose, String secret) {
    byte[] key = hmac(key(keyId), "faultmaven fingerprint v1 " + purpose);
    return HexFormat.of().formatHex(hmac(key, secret));
  }

  private byte[] key(String id) {
    byte[] key = keys.get(id);
    if (key == null) {
      throw new IllegalStateException(
          "encryption key " + id + " is not configured; see faultmaven.former-encryption-keys");
    }
    return key;
  }

  private Cipher cipher(int mode, String id, byte[] nonce, String context)
      throws GeneralSecurityException {
    byte[] key = hmac(key(id), "faultmaven secret at rest v1 " + context);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context.getBytes(UTF_8));
    return cipher;
  }

  private String add(String base64, String setting) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(setting + " is not Base64", e);
    }
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(setting + " must be Base64 of 32 bytes");
    }
    String id = HexFormat.of().formatHex(hmac(key, "faultmaven key id"), 0, ID_BYTES);
    keys.put(id, key);
    return id;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
