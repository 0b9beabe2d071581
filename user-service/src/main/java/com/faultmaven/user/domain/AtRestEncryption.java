package com.faultmaven.user.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Encrypts secrets that are stored, with AES-256-GCM (decisions, section 7). A cipher text is 12
 * random bytes, then what the cipher gives; the name of the key is stored beside it.
 */
@ApplicationScoped
public class AtRestEncryption {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final String keyId;
  private final Map<String, SecretKey> keys = new HashMap<>();

  /**
   * Reads the keys.
   *
   * @throws IllegalArgumentException when one is not Base64 of 32 bytes; it names the setting alone
   */
  @Inject
  public AtRestEncryption(
      @ConfigProperty(name = "faultmaven.encryption-key") String key, EncryptionSettings settings) {
    keyId = settings.keyId();
    settings
        .previousKeys()
        .forEach((id, text) -> keys.put(id, read("faultmaven.at-rest.previous-keys." + id, text)));
    keys.put(keyId, read("faultmaven.encryption-key", key));
  }

  /** Name of the key that new cipher texts are made with. */
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
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key(keyId), nonce, context).doFinal(plain);
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
   * @param id name of the key that it was encrypted with
   * @throws IllegalStateException when the key is not known, or the cipher text is not of this key
   *     and context
   */
  public byte[] decrypt(byte[] sealed, String id, String context) {
    try {
      byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
      return cipher(Cipher.DECRYPT_MODE, key(id), nonce, context)
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
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(keyId).getEncoded(), "HmacSHA256"));
      mac.update(purpose.getBytes(UTF_8));
      mac.update((byte) 0);
      return java.util.HexFormat.of().formatHex(mac.doFinal(secret.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private SecretKey key(String id) {
    SecretKey key = keys.get(id);
    if (key == null) {
      throw new IllegalStateException(
          "the encryption key '"
              + id
              + "' is not configured; see faultmaven.at-rest.previous-keys");
    }
    return key;
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context.getBytes(UTF_8));
    return cipher;
  }

  private static SecretKey read(String setting, String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(setting + " is not Base64", e);
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(setting + " must be Base64 of 32 bytes");
    }
    return new SecretKeySpec(bytes, "AES");
  }
}
