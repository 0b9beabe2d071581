package com.faultmaven.artifact.preprocess.extract.config;

/**
 * A single value of a configuration with its path.
 *
 * @param path where it is, such as {@code spec.containers[web].image}
 * @param value what it is, as it is written; never to be shown when it is secret
 * @param secret whether it looks like a secret
 */
record Setting(String path, String value, boolean secret) {
  static final String MASK = "[MASKED]";

  /** The value as it may be shown, in one line. */
  String shown() {
    if (secret && !SecretKeys.isUrlWithPassword(path, value)) {
      return MASK;
    }
    String text = secret ? SecretKeys.withoutPasswords(value) : value;
    return text.replace("\r", "").replace("\n", "\\n");
  }

  /** The last name of the path. */
  String name() {
    int dot = path.lastIndexOf('.');
    return path.substring(dot + 1);
  }
}
