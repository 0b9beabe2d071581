package com.faultmaven.common.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Secrets and personal data that belong to nobody. They are put together at run time, so that no
 * source file has anything that looks like a live token of a vendor.
 */
final class FakeSecrets {
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";
  private static final String ALPHANUMERIC = UPPER + LOWER + DIGITS;

  private final Random random;

  FakeSecrets(long seed) {
    this.random = new Random(seed);
  }

  String characters(String of, int count) {
    return random
        .ints(count, 0, of.length())
        .mapToObj(i -> String.valueOf(of.charAt(i)))
        .collect(Collectors.joining());
  }

  /** Letters and digits, at least one digit. */
  String alphanumeric(int count) {
    return characters(ALPHANUMERIC, count - 2) + characters(DIGITS, 1) + characters(LOWER, 1);
  }

  String jwt() {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String header = encoder.encodeToString("{\"alg\":\"ES256\",\"typ\":\"JWT\"}".getBytes(UTF_8));
    String claims =
        encoder.encodeToString(("{\"sub\":\"" + alphanumeric(12) + "\"}").getBytes(UTF_8));
    return header + "." + claims + "." + alphanumeric(86);
  }

  String privateKey() {
    String dashes = "-".repeat(5);
    StringBuilder key = new StringBuilder(dashes + "BEGIN RSA PRIVATE" + " KEY" + dashes + "\n");
    for (int line = 0; line < 12; line++) {
      key.append(characters(ALPHANUMERIC + "+/", 64)).append('\n');
    }
    return key + dashes + "END RSA PRIVATE" + " KEY" + dashes;
  }

  String card() {
    String digits = "4" + characters(DIGITS, 14);
    for (int check = 0; check < 10; check++) {
      if (CardRecogniser.isLuhn(digits + check)) {
        return digits + check;
      }
    }
    throw new IllegalStateException("a check digit exists");
  }

  String email() {
    return characters(LOWER, 1 + random.nextInt(8))
        + "."
        + characters(LOWER, 5)
        + "@"
        + characters(LOWER, 7)
        + ".example";
  }

  String phone() {
    return "+1 (%d) %s-%s"
        .formatted(200 + random.nextInt(700), "555", characters(DIGITS, 4))
        .replace("(", "")
        .replace(")", "");
  }

  String ssn() {
    return "%03d-%02d-%04d"
        .formatted(100 + random.nextInt(500), 1 + random.nextInt(99), 1 + random.nextInt(9999));
  }

  String iban() {
    String account = characters(DIGITS, 18);
    int check =
        98
            - new java.math.BigInteger(account + "131400")
                .mod(java.math.BigInteger.valueOf(97))
                .intValue();
    return "DE%02d%s".formatted(check, account);
  }

  /** One of each kind that needs nothing around it, by the type that its tag has. */
  Map<String, String> tokens() {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("aws-access-key", "AK" + "IA" + characters(UPPER + "234567", 16));
    tokens.put("gcp-key", "AI" + "za" + alphanumeric(35));
    tokens.put("azure-key", alphanumeric(3) + "8Q" + "~" + alphanumeric(34));
    tokens.put("github-token", "gh" + "p_" + alphanumeric(36));
    tokens.put("gitlab-token", "gl" + "pat-" + alphanumeric(20));
    tokens.put("slack-token", "xo" + "xb-" + characters(DIGITS, 12) + "-" + alphanumeric(24));
    tokens.put("stripe-key", "sk_" + "live_" + alphanumeric(24));
    tokens.put("anthropic-key", "sk-" + "ant-api03-" + alphanumeric(90));
    tokens.put("openai-key", "sk-" + "proj-" + alphanumeric(48));
    tokens.put("jwt", jwt());
    tokens.put("private-key", privateKey());
    return tokens;
  }

  /** One of each kind of personal data of the standard level. */
  Map<String, String> personal() {
    Map<String, String> personal = new LinkedHashMap<>();
    personal.put("email", email());
    personal.put("credit-card", card());
    personal.put("iban", iban());
    personal.put("us-ssn", ssn());
    personal.put("phone", phone());
    return personal;
  }
}
