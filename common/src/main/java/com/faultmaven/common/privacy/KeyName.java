package com.faultmaven.common.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the name of a setting, field, variable or header says about its value. */
enum KeyName {
  /** Nothing secret. */
  PLAIN,

  /** A password: any value is one. */
  PASSWORD,

  /** A secret by its full name ({@code api_key}, {@code client_secret}). */
  SECRET,

  /** Often, but not always, a secret ({@code token}): the value has to look like one. */
  WEAK,

  /** Seldom a secret ({@code key}): the value has to look like a key. */
  KEY;

  private static final int LONGEST = 80;

  private static final Pattern CAMEL =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]++");

  /** Words behind the one that counts: {@code DB_PASSWORD_PROD}. */
  private static final Set<String> MODIFIERS =
      Set.of(
          "value",
          "plain",
          "plaintext",
          "base64",
          "b64",
          "encoded",
          "current",
          "old",
          "new",
          "prod",
          "production",
          "dev",
          "staging",
          "test",
          "default",
          "admin",
          "root",
          "primary",
          "secondary",
          "confirmation",
          "confirm",
          "data");

  private static final Set<String> KEY_OWNERS =
      Set.of(
          "api",
          "access",
          "private",
          "secret",
          "signing",
          "signature",
          "encryption",
          "encrypt",
          "master",
          "account",
          "storage",
          "service",
          "hmac",
          "auth",
          "subscription",
          "function",
          "deploy",
          "webhook",
          "jwt",
          "cipher",
          "crypto",
          "session",
          "cookie",
          "client",
          "admin",
          "consumer",
          "shared",
          "license");

  /** Owners of a {@code …_key} that identifies something and protects nothing. */
  private static final Set<String> HARMLESS_KEY_OWNERS =
      Set.of(
          "primary",
          "foreign",
          "cache",
          "partition",
          "routing",
          "sort",
          "row",
          "object",
          "s3",
          "idempotency",
          "dedup",
          "registry",
          "group",
          "public",
          "map",
          "hash",
          "lookup",
          "range",
          "index",
          "label",
          "config",
          "trace",
          "unique",
          "message",
          "record",
          "host");

  private static final Set<String> WEAK_WORDS =
      Set.of(
          "token",
          "pass",
          "auth",
          "otp",
          "sig",
          "signature",
          "credential",
          "credentials",
          "pw",
          "bearer",
          "jwt");

  private static final Set<String> NO_PASSWORD_BEFORE_PASS =
      Set.of("first", "second", "last", "test", "by", "multi", "single", "one", "two");

  /** Judges a name in any spelling: snake, kebab, camel, dotted, upper case. */
  static KeyName of(String name) {
    if (name.length() > LONGEST) {
      return PLAIN;
    }
    List<String> words = words(name);
    if (words.isEmpty()) {
      return PLAIN;
    }
    String last = words.getLast();
    String before = words.size() > 1 ? words.get(words.size() - 2) : "";
    if (isPassword(last, before)) {
      return PASSWORD;
    }
    if (isSecret(last, before, words)) {
      return SECRET;
    }
    if (WEAK_WORDS.contains(last)) {
      return WEAK;
    }
    boolean key = last.equals("key") && !HARMLESS_KEY_OWNERS.contains(before);
    return key || last.equals("salt") ? KEY : PLAIN;
  }

  private static boolean isPassword(String last, String before) {
    return last.endsWith("password")
        || last.endsWith("passwd")
        || last.endsWith("passphrase")
        || last.endsWith("passcode")
        || last.equals("passwort")
        || last.equals("pwd")
        || last.equals("dbpass")
        || last.equals("requirepass")
        || last.equals("masterauth")
        || (last.equals("pass") && !before.isEmpty() && !NO_PASSWORD_BEFORE_PASS.contains(before));
  }

  private static boolean isSecret(String last, String before, List<String> words) {
    return last.endsWith("secret")
        || (last.equals("key") && KEY_OWNERS.contains(before))
        || (last.equals("base") && before.equals("key") && words.contains("secret"))
        || last.endsWith("apikey")
        || last.endsWith("secretkey")
        || last.endsWith("accesskey")
        || last.endsWith("privatekey")
        || last.endsWith("accountkey")
        || (last.equals("token")
            && !before.isEmpty()
            && !before.equals("next")
            && !isGrammar(before))
        || (last.endsWith("token") && last.length() > 5);
  }

  /** {@code next_page_token}, {@code unexpected token}: of paging and parsers. */
  private static boolean isGrammar(String before) {
    return Set.of(
            "page",
            "continuation",
            "unexpected",
            "invalid",
            "expected",
            "the",
            "a",
            "sync",
            "missing",
            "expired",
            "start",
            "end",
            "stop",
            "eos",
            "bos",
            "pad",
            "unk")
        .contains(before);
  }

  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    for (String word : CAMEL.split(name, -1)) {
      String letters = word.replaceAll("\\d+$", "");
      if (!letters.isEmpty()) {
        words.add(letters.toLowerCase(Locale.ROOT));
      }
    }
    while (words.size() > 1 && MODIFIERS.contains(words.getLast())) {
      words.removeLast();
    }
    return words;
  }

  /** The type of finding that a value of that name is. */
  static FindingType type(String name, KeyName kind) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    if (kind == PASSWORD || letters.equals("pass") || letters.equals("pw")) {
      return FindingType.PASSWORD;
    }
    if (letters.endsWith("secretaccesskey")) {
      return FindingType.AWS_SECRET_KEY;
    }
    if (letters.endsWith("accountkey") || letters.endsWith("sharedaccesskey")) {
      return FindingType.AZURE_KEY;
    }
    return letters.contains("token") ? FindingType.TOKEN : FindingType.SECRET;
  }

  /** Whether that value of a setting of this kind must not be kept. */
  boolean protects(Value value) {
    if (this != PLAIN && value.isLong()) {
      return true;
    }
    String text = value.text();
    boolean candidate =
        Secrets.isValue(text) && (value.quoted() || !Secrets.isExpression(text)) && !isPath(text);
    return candidate
        && switch (this) {
          case PLAIN -> false;
          case PASSWORD -> true;
          case SECRET -> text.length() >= 4 && (value.certain() || Secrets.looksRandom(text));
          case WEAK -> Secrets.looksRandom(text);
          case KEY -> Secrets.looksLikeKey(text) && hasBothCases(text);
        };
  }

  private static boolean hasBothCases(String text) {
    return text.chars().anyMatch(Character::isUpperCase)
        && text.chars().anyMatch(Character::isLowerCase);
  }

  /** A file that holds a secret is named, not a secret itself; {@code PWD} is a directory. */
  private static boolean isPath(String text) {
    boolean rooted = text.startsWith("/") || text.startsWith("./") || text.startsWith("~/");
    return rooted
        && text.chars().allMatch(c -> Characters.isWord((char) c) || "./-~".indexOf(c) >= 0)
        && text.chars().noneMatch(Characters::isUpperOrDigit);
  }
}
