package com.faultmaven.bench;

import java.util.Arrays;

/**
 * What a run has measured.
 *
 * @param requests how many operations
 * @param perSecond operations in a second, over all connections
 * @param p50 median, in milliseconds
 * @param p99 99th percentile, in milliseconds
 */
record Figures(int requests, double perSecond, double p50, double p99) {
  /**
   * Sums up a run.
   *
   * @param nanos how long each operation took; is sorted
   * @param totalNanos how long all took together, by the clock on the wall
   */
  static Figures of(long[] nanos, long totalNanos) {
    if (nanos.length == 0 || totalNanos <= 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    Arrays.sort(nanos);
    return new Figures(
        nanos.length,
        nanos.length * 1e9 / totalNanos,
        percentile(nanos, 50),
        percentile(nanos, 99));
  }

  /**
   * Two runs of the same, for example before and after something: its medians and rates in the
   * middle, its 99th percentile the worse one.
   */
  Figures and(Figures other) {
    return new Figures(
        requests + other.requests,
        (perSecond + other.perSecond) / 2,
        (p50 + other.p50) / 2,
        Math.max(p99, other.p99));
  }

  /** The smallest value that so many percent of all do not exceed, in milliseconds. */
  private static double percentile(long[] sorted, int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }
}
