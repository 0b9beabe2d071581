package com.faultmaven.artifact.preprocess.extract;

import java.util.Locale;

/** How extractions put things: numbers, sizes, and texts that are cut to fit. */
public final class Texts {
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB"};

  private Texts() {}

  /** Formats alike on every machine. */
  public static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** A count with its noun: {@code 1 line}, {@code 2,000 lines}. */
  public static String count(long count, String noun) {
    return format("%,d %s", count, count == 1 ? noun : noun + "s");
  }

  /** A size in bytes, as people read it. */
  public static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1_024 && unit < UNITS.length - 1) {
      value /= 1_024;
      unit++;
    }
    return unit == 0 ? count(bytes, "byte") : format("%.1f %s", value, UNITS[unit]);
  }

  /** A number with about four digits that count. */
  public static String number(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e7) {
      return format("%.0f", value);
    }
    if (size >= 1e7 || size < 1e-3) {
      return format("%.3e", value);
    }
    return format(size >= 100 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f", value);
  }

  /** The text in one line: runs of white space and control characters become one space. */
  public static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isISOControl(c)) {
        gap = true;
      } else {
        if (gap && !line.isEmpty()) {
          line.append(' ');
        }
        gap = false;
        line.append(c);
      }
    }
    return line.toString();
  }

  /** The text, cut with an ellipsis where it is longer than the limit. */
  public static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    return text.substring(0, boundary(text, limit - 1)) + "…";
  }

  /** The greatest index up to the limit that does not part the halves of one character. */
  public static int boundary(String text, int limit) {
    int index = Math.max(0, Math.min(limit, text.length()));
    return index > 0 && index < text.length() && Character.isHighSurrogate(text.charAt(index - 1))
        ? index - 1
        : index;
  }
}
