package com.faultmaven.artifact.preprocess.extract.visual;

import org.jspecify.annotations.Nullable;

/**
 * Format and size of an image, read from its first bytes without decoding it.
 *
 * @param format such as {@code PNG}
 * @param width in pixels, 0 when the header does not say
 * @param height in pixels, 0 when the header does not say
 */
record ImageHeader(String format, int width, int height) {

  /** Reads a header, or gives null when the bytes are no image of a known format. */
  static @Nullable ImageHeader of(byte[] bytes) {
    if (at(bytes, 0, 0x89, 'P', 'N', 'G') && bytes.length >= 24) {
      return new ImageHeader("PNG", big(bytes, 16, 4), big(bytes, 20, 4));
    }
    if (at(bytes, 0, 'G', 'I', 'F', '8') && bytes.length >= 10) {
      return new ImageHeader("GIF", little(bytes, 6, 2), little(bytes, 8, 2));
    }
    if (at(bytes, 0, 'B', 'M') && bytes.length >= 26) {
      return new ImageHeader("BMP", little(bytes, 18, 4), Math.abs(little(bytes, 22, 4)));
    }
    if (at(bytes, 0, 0xFF, 0xD8)) {
      return jpeg(bytes);
    }
    if (at(bytes, 0, 'R', 'I', 'F', 'F') && at(bytes, 8, 'W', 'E', 'B', 'P')) {
      return webp(bytes);
    }
    boolean tiff = at(bytes, 0, 'I', 'I', 42, 0) || at(bytes, 0, 'M', 'M', 0, 42);
    return tiff ? tiff(bytes) : null;
  }

  /** Width times height. */
  long pixels() {
    return (long) width * height;
  }

  private static ImageHeader jpeg(byte[] bytes) {
    int at = 2;
    while (at + 9 < bytes.length && (bytes[at] & 0xFF) == 0xFF) {
      int marker = bytes[at + 1] & 0xFF;
      boolean frame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (frame) {
        return new ImageHeader("JPEG", big(bytes, at + 7, 2), big(bytes, at + 5, 2));
      }
      at += 2 + Math.max(2, big(bytes, at + 2, 2));
    }
    return new ImageHeader("JPEG", 0, 0);
  }

  private static ImageHeader webp(byte[] bytes) {
    if (at(bytes, 12, 'V', 'P', '8', 'X') && bytes.length >= 30) {
      return new ImageHeader("WebP", little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1);
    }
    if (at(bytes, 12, 'V', 'P', '8', ' ') && bytes.length >= 30) {
      return new ImageHeader("WebP", little(bytes, 26, 2) & 0x3FFF, little(bytes, 28, 2) & 0x3FFF);
    }
    if (at(bytes, 12, 'V', 'P', '8', 'L') && bytes.length >= 25) {
      int bits = little(bytes, 21, 4);
      return new ImageHeader("WebP", (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
    }
    return new ImageHeader("WebP", 0, 0);
  }

  private static ImageHeader tiff(byte[] bytes) {
    boolean bigEndian = bytes[0] == 'M';
    int directory = number(bytes, 4, 4, bigEndian);
    int width = 0;
    int height = 0;
    if (directory > 0 && directory + 2 < bytes.length) {
      int entries = Math.min(200, number(bytes, directory, 2, bigEndian));
      for (int i = 0; i < entries && directory + 14 + 12 * i <= bytes.length; i++) {
        int entry = directory + 2 + 12 * i;
        int tag = number(bytes, entry, 2, bigEndian);
        int length = number(bytes, entry + 2, 2, bigEndian) == 3 ? 2 : 4;
        int value = number(bytes, entry + 8, length, bigEndian);
        width = tag == 256 ? value : width;
        height = tag == 257 ? value : height;
      }
    }
    return new ImageHeader("TIFF", width, height);
  }

  private static boolean at(byte[] bytes, int offset, int... expected) {
    if (bytes.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((bytes[offset + i] & 0xFF) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] bytes, int offset, int length, boolean bigEndian) {
    return bigEndian ? big(bytes, offset, length) : little(bytes, offset, length);
  }

  private static int big(byte[] bytes, int offset, int length) {
    int value = 0;
    for (int i = 0; i < length && offset + i < bytes.length; i++) {
      value = value << 8 | (bytes[offset + i] & 0xFF);
    }
    return value;
  }

  private static int little(byte[] bytes, int offset, int length) {
    int value = 0;
    for (int i = Math.min(length, bytes.length - offset) - 1; i >= 0; i--) {
      value = value << 8 | (bytes[offset + i] & 0xFF);
    }
    return value;
  }
}
