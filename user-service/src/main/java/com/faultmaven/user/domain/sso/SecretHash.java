package com.faultmaven.user.domain.sso;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * SHA-256 of something secret. A fast hash is enough: what we hash has 256 random bits.
 *
 * @param hex 64 lower-case digits
 */
public record SecretHash(String hex) {
  /** The hash of a text. */
  public static SecretHash of(String secret) {
    try {
      return of(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A hash that was stored. */
  public static SecretHash of(byte[] hash) {
    return new SecretHash(HexFormat.of().formatHex(hash));
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** The 32 bytes in Base64url, as PKCE wants them. */
  public String base64Url() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
  }

  /** Whether it is the hash of this text; takes as long for every text of its length. */
  public boolean matches(String secret) {
    return MessageDigest.isEqual(bytes(), of(secret).bytes());
  }
}
