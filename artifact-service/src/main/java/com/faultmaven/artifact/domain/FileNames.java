package com.faultmaven.artifact.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;

/** What becomes of the names that clients give to files: untrusted text, never a path. */
public final class FileNames {
  private static final int MAX_BYTES = 255;
  private static final int MAX_KEY_LENGTH = 120;
  private static final int MAX_TYPE = 6;
  private static final String NAMELESS = "file";

  private FileNames() {}

  /**
   * The name as it is kept and shown: the last part of a path, without control and formatting
   * characters, at most 255 bytes in UTF-8 with its extension kept. Never empty.
   */
  public static String clean(String given) {
    String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    StringBuilder kept = new StringBuilder();
    Normalizer.normalize(last, Normalizer.Form.NFC)
        .codePoints()
        .filter(FileNames::isVisible)
        .forEach(kept::appendCodePoint);
    String name = kept.toString().strip();
    return name.isEmpty() || name.chars().allMatch(c -> c == '.') ? NAMELESS : shortened(name);
  }

  /** The last part of a storage key for a clean name: letters, digits, dot, underscore, hyphen. */
  public static String forKey(String cleanName) {
    String key = cleanName.replaceAll("[^A-Za-z0-9._-]", "_");
    if (key.length() > MAX_KEY_LENGTH) {
      String extension = extension(key);
      key = key.substring(0, MAX_KEY_LENGTH - extension.length()) + extension;
    }
    return key;
  }

  /** The ending that tells a type, with its dot: at most {@value #MAX_TYPE} characters, or none. */
  static String shortExtension(String cleanName) {
    String extension = extension(cleanName);
    return extension.length() <= MAX_TYPE ? extension : "";
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String shortened(String name) {
    if (name.getBytes(UTF_8).length <= MAX_BYTES) {
      return name;
    }
    String extension = extension(name);
    int room = MAX_BYTES - extension.getBytes(UTF_8).length;
    StringBuilder stem = new StringBuilder();
    int used = 0;
    for (int c : name.codePoints().toArray()) {
      used += Character.toString(c).getBytes(UTF_8).length;
      if (used > room) {
        break;
      }
      stem.appendCodePoint(c);
    }
    return stem + extension;
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && name.length() - dot <= 20 && name.substring(dot).getBytes(UTF_8).length <= 40
        ? name.substring(dot)
        : "";
  }
}
