package com.faultmaven.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Secrets that are generated at their first use and kept in a file that only the owner reads. */
public final class Secrets {
  private final JsonFile file;
  private final Map<String, String> values;
  private final SecureRandom random = new SecureRandom();

  private Secrets(JsonFile file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  /** The secrets kept there, none at first. */
  public static Secrets in(Path path) throws IOException {
    JsonFile file = new JsonFile(path);
    return new Secrets(file, new TreeMap<>(file.readMap(String.class)));
  }

  /** The password of that name: 32 characters that need no quoting in a URL or a shell. */
  public String password(String name) throws IOException {
    return get(name, 24, Base64.getUrlEncoder().withoutPadding());
  }

  /** The key of that name: 32 random bytes in Base64. */
  public String key(String name) throws IOException {
    return get(name, 32, Base64.getEncoder());
  }

  private synchronized String get(String name, int bytes, Base64.Encoder encoder)
      throws IOException {
    String known = values.get(name);
    if (known != null) {
      return known;
    }
    byte[] secret = new byte[bytes];
    random.nextBytes(secret);
    String value = encoder.encodeToString(secret);
    values.put(name, value);
    file.write(values);
    return value;
  }
}
