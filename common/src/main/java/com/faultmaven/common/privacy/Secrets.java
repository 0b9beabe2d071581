package com.faultmaven.common.privacy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether the value of a secret-looking key is a secret, or stands for one. */
final class Secrets {
  private static final Set<String> WORDS_FOR_NOTHING =
      Set.of(
          "null",
          "nil",
          "none",
          "undefined",
          "true",
          "false",
          "yes",
          "no",
          "on",
          "off",
          "redacted",
          "masked",
          "hidden",
          "required",
          "missing",
          "empty",
          "unset",
          "string",
          "str",
          "number",
          "any",
          "bytes",
          "text",
          "object",
          "bool",
          "boolean",
          "int",
          "char[]",
          "byte[]",
          "[]",
          "{}");

  /**
   * A variable, a template or a mask: what stands for a value. Bounded and without backtracking.
   */
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\\$\\{[^}]*+}|\\$\\([^)]*+\\)|\\$[A-Za-z_]\\w*+|\\{\\{.*+|%[A-Za-z_]\\w*+%|<[^<>]*+>"
              + "|[*•.xX#_-]++|\\[?(?i:redacted|masked|filtered|hidden)]?|!\\w++.*+");

  /** Program text: a call or a field of something. */
  private static final Pattern EXPRESSION =
      Pattern.compile(
          "[A-Za-z_][\\w.]*+[(\\[].*+"
              + "|(?:this|self|config|cfg|os|process|System|env|args|request|req|params|settings|opts"
              + "|options|user|ctx|props|data|var|local|module|credentials)\\.[\\w.]++[;,)]?"
              + "|new\\s.*+|&\\w++.*+",
          Pattern.DOTALL);

  private static final int LONG = 20;
  private static final double RANDOM_BITS = 3.0;

  private Secrets() {}

  /**
   * Whether it is a value at all: not empty, a tag of ours, a placeholder or a word for nothing.
   */
  static boolean isValue(String value) {
    String trimmed = value.strip();
    return !trimmed.isEmpty()
        && !Tags.isTag(trimmed)
        && !WORDS_FOR_NOTHING.contains(trimmed.toLowerCase(Locale.ROOT))
        && !PLACEHOLDER.matcher(trimmed).matches();
  }

  /** Whether an unquoted value is program text rather than a value. */
  static boolean isExpression(String value) {
    return EXPRESSION.matcher(value).matches();
  }

  /**
   * Whether it looks made by a machine, or chosen as a password: eight characters or more without
   * blanks, digits and letters mixed, or long and with at least three bits of entropy a character.
   */
  static boolean looksRandom(String value) {
    if (value.length() < 8 || value.chars().anyMatch(Character::isWhitespace)) {
      return false;
    }
    boolean digit = value.chars().anyMatch(c -> Characters.isDigit((char) c));
    boolean letter = value.chars().anyMatch(c -> Characters.isLetter((char) c));
    boolean word = value.chars().allMatch(c -> Character.isLowerCase(c) || c == '-' || c == '_');
    return (digit && letter)
        || (!word && letter && value.length() >= LONG && entropy(value) >= RANDOM_BITS);
  }

  /** Whether it looks like a key: long, of the characters of base64 or hex, and of high entropy. */
  static boolean looksLikeKey(String value) {
    return value.length() >= LONG
        && looksRandom(value)
        && value.chars().allMatch(c -> Characters.isWord((char) c) || "+/=-%".indexOf(c) >= 0)
        && entropy(value) >= RANDOM_BITS
        && !isUuid(value);
  }

  private static boolean isUuid(String value) {
    return value.length() == 36
        && value.charAt(8) == '-'
        && value.charAt(13) == '-'
        && value.charAt(18) == '-'
        && value.charAt(23) == '-';
  }

  /** Shannon entropy of the characters, in bits a character. */
  static double entropy(String value) {
    int[] counts = new int[128];
    for (int i = 0; i < value.length(); i++) {
      counts[value.charAt(i) & 127]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / value.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
