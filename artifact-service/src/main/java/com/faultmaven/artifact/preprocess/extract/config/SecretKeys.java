package com.faultmaven.artifact.preprocess.extract.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells values that look like secrets from their names. */
final class SecretKeys {
  private static final Pattern SECRET =
      Pattern.compile(
          "passw(?:or)?d|passphrase|^pass$|(?:db|user|login|admin|root|mail|smtp|ftp)_?pass$"
              + "|pwd$|secret|token|api_?key|access_?key|private_?key|credential"
              + "|encryption_?key|signing_?key|auth_?key|master_?key|shared_?key|account_?key"
              + "|connection_?string|dsn$|cert_?key|hmac|salt$|bearer|cookie");
  private static final Pattern NOT_SECRET =
      Pattern.compile(
          "(?:name|ref|path|file|dir|url|uri|endpoint|ttl|expir\\w{0,10}|length|policy|type|enabled|count"
              + "|timeout|lifetime|minutes|seconds|class|provider|id|algorithm|version|rotation)$");
  private static final Pattern REFERENCE =
      Pattern.compile(
          "^(?:\\$\\{.{0,200}}|\\$\\(.{0,200}\\)|\\$[A-Z_]{1,100}|\\{\\{.{0,200}}}|<[^>]{0,100}>|"
              + "(?:vault|secret|arn|ref\\+|env|file|sm|ssm|var|local|data|module)[.:+].{0,300}|!\\w.{0,200}|true|false|yes|no|null|~|)$");
  private static final Pattern WITH_PASSWORD =
      Pattern.compile("://[^/\\s:@]{0,200}:[^/\\s@]{1,200}@");

  private SecretKeys() {}

  /** Whether a value is to be masked. */
  static boolean isSecret(String path, String value) {
    if (WITH_PASSWORD.matcher(value).find() || value.contains("PRIVATE KEY-----")) {
      return true;
    }
    boolean pointer = path.contains("KeyRef.") || path.contains("secretRef.");
    return names(path) && !pointer && !isReference(value) && !isSmallNumber(value);
  }

  /** The text with passwords inside of URLs masked. */
  static String withoutPasswords(String value) {
    return WITH_PASSWORD.matcher(value).replaceAll("://" + Setting.MASK + "@");
  }

  /** Whether a value is secret only for a password inside of a URL. */
  static boolean isUrlWithPassword(String path, String value) {
    return WITH_PASSWORD.matcher(value).find() && !names(path);
  }

  /** Whether a name speaks of a secret, whatever its value. */
  static boolean names(String path) {
    for (String step : path.split("[.\\[\\]/]", -1)) {
      String name =
          step.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT).replace('-', '_');
      boolean last = path.endsWith(step);
      if (SECRET.matcher(name).find()
          && !NOT_SECRET.matcher(name).find()
          && (last || holds(path, step))) {
        return !NOT_SECRET.matcher(lastName(path)).find();
      }
    }
    return false;
  }

  // env[DB_PASSWORD].value, and the entries under data of a Secret
  private static boolean holds(String path, String step) {
    String last = lastName(path);
    return last.equals("value") || last.equals("default") || path.contains("[" + step + "]");
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Whether a value stands for another one that is kept elsewhere. */
  static boolean isReference(String value) {
    return REFERENCE.matcher(value.length() > 400 ? value.substring(0, 400) : value).matches();
  }

  private static boolean isSmallNumber(String value) {
    return value.length() <= 4 && value.chars().allMatch(Character::isDigit);
  }
}
