package com.faultmaven.common.repository;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What keys of a {@link StorageBackend} may look like. */
public final class StorageKeys {
  private static final int MAX_LENGTH = 1024;
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9/._-]+");

  private StorageKeys() {}

  /**
   * Gives back a key that is in order.
   *
   * @throws IllegalArgumentException when it is empty, longer than 1024 characters, holds other
   *     characters than letters, digits and {@code / . _ -}, or has an empty, {@code .} or {@code
   *     ..} part
   */
  public static String check(String key) {
    boolean fits = key.length() <= MAX_LENGTH && ALLOWED.matcher(key).matches();
    if (!fits
        || Arrays.stream(key.split("/", -1))
            .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
      throw new IllegalArgumentException("not a storage key");
    }
    return key;
  }
}
