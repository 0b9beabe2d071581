package com.faultmaven.artifact.preprocess.extract.metrics;

import java.util.Locale;

/**
 * Something unusual in a series.
 *
 * @param kind what it is
 * @param from first sample of it
 * @param to last sample of it
 * @param value the value there: its extreme, the new level, or the value that does not move
 * @param score how unusual it is: distance in usual deviations; for gaps and flat lines, how many
 *     usual distances or lengths
 */
record Anomaly(Kind kind, int from, int to, double value, double score) {
  enum Kind {
    SPIKE,
    DROP,
    LEVEL_SHIFT,
    GAP,
    FLAT_LINE;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Whether two overlap, or nearly so. */
  boolean near(Anomaly other, int distance) {
    return from - distance <= other.to && other.from <= to + distance;
  }
}
