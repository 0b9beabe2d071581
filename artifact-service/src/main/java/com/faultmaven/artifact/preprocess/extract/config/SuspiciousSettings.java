package com.faultmaven.artifact.preprocess.extract.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Settings that often are at the root of an incident, or of the next one. */
final class SuspiciousSettings {
  private static final int MAX_FOUND = 60;
  private static final Set<String> OFF =
      Set.of("false", "no", "off", "0", "disabled", "disable", "none");
  private static final Set<String> ON = Set.of("true", "yes", "on", "1", "enabled");
  private static final Set<String> WEAK =
      Set.of(
          "admin",
          "password",
          "changeme",
          "change_me",
          "secret",
          "root",
          "test",
          "123456",
          "12345678",
          "default",
          "guest",
          "postgres",
          "passw0rd",
          "letmein",
          "example");
  private static final Pattern VERIFY =
      Pattern.compile("verify|validat|rejectunauthorized|checkhostname|hostnameverification");
  private static final Pattern ENCRYPTION =
      Pattern.compile("(?:^|[._\\[-])(?:ssl|tls|https)(?:[._-]?(?:enabled|mode))?$");
  private static final Pattern AUTHENTICATION =
      Pattern.compile("auth(?:entication|orization)?(?:[._-]?enabled)?$|security[._-]enabled$");
  private static final Pattern LIMIT =
      Pattern.compile(
          "(?:max|pool|limit).{0,30}(?:conn|size|threads|workers|pool)|(?:conn|pool|threads|workers).{0,30}(?:max|limit|size)");
  private static final Pattern PLAIN_URL =
      Pattern.compile("^http://(?!localhost|127\\.|\\[::1|0\\.0\\.0\\.0).{1,300}");
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "(?i)^(?:todo|fixme|tbd|xxx+|changeme|change_me|replace_?me|your[_-].{0,60}|<.{1,60}>)$");
  private static final Pattern OLD_API =
      Pattern.compile(
          "^(?:extensions|apps|batch|policy|networking\\.k8s\\.io|autoscaling|rbac\\.authorization\\.k8s\\.io)/v\\d+(?:alpha|beta)\\d+$");

  private SuspiciousSettings() {}

  /** What is suspicious, one finding a line: the path, its value where it may be shown, and why. */
  static List<String> of(ConfigTree tree) {
    List<String> found = new ArrayList<>();
    for (Setting setting : tree.settings().values()) {
      String reason = reason(setting);
      if (reason != null && found.size() < MAX_FOUND) {
        found.add(setting.path() + " = " + setting.shown() + ": " + reason);
      }
    }
    found.addAll(withoutLimits(tree.settings()));
    return found;
  }

  private static @Nullable String reason(Setting setting) {
    String path = setting.path().toLowerCase(Locale.ROOT);
    String value = setting.value().strip().toLowerCase(Locale.ROOT);
    String secret = secret(setting, path, value);
    if (secret != null) {
      return secret;
    }
    String security = security(path, value);
    if (security != null) {
      return security;
    }
    String operation = operation(path, value);
    return operation != null ? operation : kubernetes(path, value);
  }

  private static @Nullable String secret(Setting setting, String path, String value) {
    boolean named = SecretKeys.names(setting.path());
    if (named && value.isEmpty()) {
      return "empty secret";
    }
    if (named && WEAK.contains(value)) {
      return "default or weak secret";
    }
    if (PLACEHOLDER.matcher(value).matches()) {
      return "placeholder that was never filled in";
    }
    boolean kept = path.contains("data.") && !path.contains("env");
    return setting.secret() && !kept ? "secret in plain text" : null;
  }

  private static @Nullable String security(String path, String value) {
    if (OFF.contains(value) && VERIFY.matcher(path).find()) {
      return "verification is off";
    }
    if (ON.contains(value)
        && (path.contains("insecure")
            || path.contains("skipverify")
            || path.contains("skip_verify"))) {
      return "security check is skipped";
    }
    boolean off = OFF.contains(value) && ENCRYPTION.matcher(path).find();
    boolean mode = path.endsWith("sslmode") && value.equals("disable");
    if (off || mode || value.contains("sslmode=disable")) {
      return "encryption is off";
    }
    if (OFF.contains(value) && AUTHENTICATION.matcher(path).find()) {
      return "authentication is off";
    }
    if (ON.contains(value) && path.contains("anonymous")) {
      return "anonymous access";
    }
    if (value.equals("*")
        && (path.contains("origin") || path.contains("cors") || path.contains("allow"))) {
      return "everything is allowed";
    }
    if (value.equals("0.0.0.0") || value.contains("0.0.0.0/0") || value.contains("::/0")) {
      return "open to every address";
    }
    return PLAIN_URL.matcher(value).matches() && !path.contains("xmlns") && !path.contains("schema")
        ? "not encrypted"
        : null;
  }

  private static @Nullable String operation(String path, String value) {
    String last = path.substring(path.lastIndexOf('.') + 1);
    // env[LOG_LEVEL].value
    String name = last.equals("value") || last.equals("default") ? path : last;
    boolean verbose = value.equals("debug") || value.equals("trace");
    if ((ON.contains(value) && name.endsWith("debug")) || (name.contains("level") && verbose)) {
      return "debugging is on";
    }
    boolean number = value.matches("-?\\d{1,9}");
    int amount = number ? Integer.parseInt(value) : 0;
    if (number && amount <= 0 && name.contains("timeout")) {
      return "no timeout";
    }
    if (number && name.contains("retr") && (amount < 0 || amount > 50)) {
      return "retries without a sensible bound";
    }
    if (number && amount <= 1 && amount >= 0 && LIMIT.matcher(name).find()) {
      return "hardly any capacity";
    }
    boolean ephemeral =
        name.contains("ddl") && (value.equals("create") || value.equals("create-drop"));
    return ephemeral ? "the schema is dropped and made anew at start" : null;
  }

  private static @Nullable String kubernetes(String path, String value) {
    boolean on = value.equals("true");
    if (on && (path.endsWith("privileged") || path.endsWith("allowprivilegeescalation"))) {
      return "the container may do everything on its host";
    }
    if (on
        && (path.endsWith("hostnetwork") || path.endsWith("hostpid") || path.endsWith("hostipc"))) {
      return "shares the host's name spaces";
    }
    boolean root = path.endsWith("runasuser") && value.equals("0");
    if (root || (path.endsWith("runasnonroot") && value.equals("false"))) {
      return "runs as root";
    }
    if (path.endsWith("replicas") && value.equals("0")) {
      return "nothing runs";
    }
    boolean image = path.endsWith(".image") && !value.contains("@sha256:") && !value.isEmpty();
    int colon = value.lastIndexOf(':');
    if (image && (value.endsWith(":latest") || colon <= value.lastIndexOf('/'))) {
      return "image without a fixed version";
    }
    return path.endsWith("apiversion") && OLD_API.matcher(value).matches()
        ? "deprecated API version"
        : null;
  }

  private static List<String> withoutLimits(Map<String, Setting> settings) {
    List<String> found = new ArrayList<>();
    for (String path : settings.keySet()) {
      int container = path.endsWith("].image") ? path.lastIndexOf("containers[") : -1;
      if (container >= 0 && found.size() < 10) {
        String base = path.substring(0, path.length() - ".image".length());
        boolean limited =
            settings.keySet().stream()
                .anyMatch(other -> other.startsWith(base + ".resources.limits"));
        if (!limited) {
          found.add(base + ": container without resource limits");
        }
      }
    }
    return found;
  }
}
