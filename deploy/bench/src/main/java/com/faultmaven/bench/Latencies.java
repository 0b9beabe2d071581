package com.faultmaven.bench;

import java.util.Arrays;

/** Collects how long operations took, without a new object for each. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int size;
  private long totalNanos;

  /** Adds one, in nanoseconds. */
  void add(long latency) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, size * 2);
    }
    nanos[size++] = latency;
  }

  /** How many there are. */
  int size() {
    return size;
  }

  /**
   * Says how long all that was added since the last time took together, by the clock on the wall.
   */
  void took(long duration) {
    totalNanos += duration;
  }

  /** Sums up what there is so far, of one run or of several. */
  Figures figures() {
    return Figures.of(toArray(), totalNanos);
  }

  /** All of them. */
  long[] toArray() {
    return Arrays.copyOf(nanos, size);
  }
}
