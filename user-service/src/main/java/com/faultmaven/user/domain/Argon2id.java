package com.faultmaven.user.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id version 1.3 (RFC 9106) with hashes in PHC text form: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 *
 * @param memoryKib memory in KiB
 * @param iterations passes
 * @param parallelism lanes
 */
record Argon2id(int memoryKib, int iterations, int parallelism) {
  static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,3}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{11,88})\\$([A-Za-z0-9+/]{22,88})");

  /** Memory for so many computations at once, used again by later ones. */
  HashMemory memoryFor(int computations) {
    return new HashMemory(Argon2BytesGenerator.getBlockCount(memoryKib, parallelism), computations);
  }

  /**
   * Hashes a password with this cost.
   *
   * @param memory where the blocks come from
   */
  String hash(String password, byte[] salt, HashMemory memory) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            memoryKib,
            iterations,
            parallelism,
            base64.encodeToString(salt),
            base64.encodeToString(compute(password, salt, HASH_BYTES, memory)));
  }

  /**
   * Compares a password with a stored hash, at the hash's own cost.
   *
   * @throws IllegalArgumentException when the hash is not of this form
   */
  static boolean matches(String password, String phc, HashMemory memory) {
    Matcher parts = parse(phc);
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    return MessageDigest.isEqual(
        expected, cost(parts).compute(password, salt, expected.length, memory));
  }

  /** Whether a stored hash has another cost than this one. */
  boolean differsFrom(String phc) {
    return !cost(parse(phc)).equals(this);
  }

  private static Matcher parse(String phc) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not an Argon2id hash");
    }
    return parts;
  }

  private static Argon2id cost(Matcher parts) {
    return new Argon2id(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  private byte[] compute(String password, byte[] salt, int length, HashMemory memory) {
    return memory.lend(blocks -> compute(password, salt, length, blocks));
  }

  private byte[] compute(String password, byte[] salt, int length, BlockPool blocks) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(iterations)
            .withParallelism(parallelism)
            .withSalt(salt)
            .withBlockPool(blocks)
            .build());
    byte[] hash = new byte[length];
    // One password, whichever way the keyboard composes its accents.
    String composed = Normalizer.normalize(password, Normalizer.Form.NFC);
    generator.generateBytes(composed.getBytes(UTF_8), hash);
    return hash;
  }
}
