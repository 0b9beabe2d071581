package com.faultmaven.user.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * SHA-256 of a token that this service has made up. A fast hash is enough: the token has 256 random
 * bits.
 *
 * @param hex 64 lower-case digits
 */
public record TokenHash(String hex) {
  /** The hash of a token. */
  public static TokenHash of(String token) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return of(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A hash that was stored. */
  public static TokenHash of(byte[] hash) {
    return new TokenHash(HexFormat.of().formatHex(hash));
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
  public boolean matches(String token) {
    return MessageDigest.isEqual(bytes(), of(token).bytes());
  }
}
