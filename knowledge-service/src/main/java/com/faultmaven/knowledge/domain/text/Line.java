package com.faultmaven.knowledge.domain.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a text, without its line break.
 *
 * @param start where it begins
 * @param end where it ends, exclusive
 */
record Line(int start, int end) {
  /** The lines of a text, in order. */
  static List<Line> of(String text) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int feed = text.indexOf('\n', start);
      int next = feed < 0 ? text.length() : feed + 1;
      int end = feed < 0 ? text.length() : feed;
      if (end > start && text.charAt(end - 1) == '\r') {
        end--;
      }
      lines.add(new Line(start, end));
      start = next;
    }
    return lines;
  }

  String content(String text) {
    return text.substring(start, end);
  }

  int length() {
    return end - start;
  }
}
