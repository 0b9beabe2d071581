package com.faultmaven.artifact.preprocess.extract.logs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stretches of a log where failures crowd.
 *
 * @param bursts in the order of the file
 */
record Bursts(List<Burst> bursts) {

  /**
   * A stretch where failures crowd.
   *
   * @param from first line
   * @param to last line
   * @param failures failures within
   */
  record Burst(int from, int to, int failures) {
    boolean holds(int line) {
      return from <= line && line <= to;
    }
  }

  /** Finds where so many failures are within so many lines; overlapping stretches are one. */
  static Bursts of(int[] failureLines, int errors, int withinLines) {
    List<Burst> found = new ArrayList<>();
    int start = -1;
    int end = -1;
    for (int i = 0; i + errors <= failureLines.length; i++) {
      if (failureLines[i + errors - 1] - failureLines[i] < withinLines) {
        if (start >= 0 && i > end) {
          found.add(new Burst(failureLines[start], failureLines[end], end - start + 1));
          start = -1;
        }
        start = start < 0 ? i : start;
        end = i + errors - 1;
      }
    }
    if (start >= 0) {
      found.add(new Burst(failureLines[start], failureLines[end], end - start + 1));
    }
    return new Bursts(found);
  }

  /** The burst that a line lies in, or null. */
  @Nullable Burst around(int line) {
    return bursts.stream().filter(burst -> burst.holds(line)).findFirst().orElse(null);
  }
}
