package com.faultmaven.artifact.preprocess.text;

import java.util.Arrays;
import java.util.Locale;

/**
 * The lines of a text, found once and cut out when asked for: a file of ten million line ends takes
 * four bytes a line, not an object. Lines are counted from 0 here and shown from 1. A line ends at
 * LF, CR LF or CR; a line end at the very end of the text begins no further line.
 */
public final class Lines {
  private final String text;
  private final int[] starts;
  private final int count;

  /** Finds the lines of a text. */
  public Lines(String text) {
    this.text = text;
    int[] found = new int[Math.max(16, text.length() / 40)];
    int lines = 0;
    int position = 0;
    while (position < text.length()) {
      if (lines == found.length) {
        found = Arrays.copyOf(found, found.length * 2);
      }
      found[lines++] = position;
      position = afterLineEnd(position);
    }
    starts = found;
    count = lines;
  }

  /** How many lines there are. */
  public int count() {
    return count;
  }

  /** A line without its end. */
  public String line(int index) {
    return text.substring(starts[index], end(index));
  }

  /** At most {@code limit} characters of the start of a line. */
  public String line(int index, int limit) {
    int end = end(index);
    return text.substring(starts[index], Math.min(end, starts[index] + limit));
  }

  /** A line as it is shown: its start, and how long it is when it is longer than the limit. */
  public String shown(int index, int limit) {
    int length = length(index);
    if (length <= limit) {
      return line(index);
    }
    return line(index, limit) + "… (" + String.format(Locale.ROOT, "%,d", length) + " characters)";
  }

  /** Where a line begins in the text. */
  public int start(int index) {
    return starts[index];
  }

  /** Length of a line in characters. */
  public int length(int index) {
    return end(index) - starts[index];
  }

  private int end(int index) {
    int end = index + 1 < count ? starts[index + 1] : text.length();
    if (end > starts[index] && text.charAt(end - 1) == '\n') {
      end--;
    }
    if (end > starts[index] && text.charAt(end - 1) == '\r') {
      end--;
    }
    return end;
  }

  private int afterLineEnd(int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return i + 1;
      }
      if (c == '\r') {
        return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
      }
    }
    return text.length();
  }
}
