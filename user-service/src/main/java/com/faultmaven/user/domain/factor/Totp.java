package com.faultmaven.user.domain.factor;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based codes (RFC 6238) as every authenticator application makes them: HMAC-SHA-1, 30 s, 6
 * digits.
 */
public final class Totp {
  /** Bytes of a secret: as many as the hash has (RFC 4226, section 4). */
  public static final int SECRET_BYTES = 20;

  /** Digits of a code. */
  public static final int DIGITS = 6;

  /** Seconds in which a code is shown. */
  public static final int PERIOD_SECONDS = 30;

  /** Codes of the step before and after are taken too: clocks differ, and typing takes time. */
  private static final int DRIFT_STEPS = 1;

  private static final int MODULUS = 1_000_000;

  private Totp() {}

  /** The code of a time step. */
  public static String code(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fff_ffff;
      return String.format(Locale.ROOT, "%06d", number % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-1", e);
    }
  }

  /** The time step of an instant. */
  public static long step(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), PERIOD_SECONDS);
  }

  /**
   * Finds the step whose code was typed.
   *
   * @param after steps up to this one have been used; their codes count no more
   * @return the step; empty when the code is none of the present ones
   */
  public static OptionalLong find(byte[] secret, String code, Instant now, long after) {
    long present = step(now);
    OptionalLong found = OptionalLong.empty();
    // All of them, whichever it is: the time tells nothing.
    for (long step = present - DRIFT_STEPS; step <= present + DRIFT_STEPS; step++) {
      boolean same =
          MessageDigest.isEqual(
              code(secret, step).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
              code.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      if (same && step > after) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }
}
