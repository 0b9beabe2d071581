package com.faultmaven.bench;

import java.util.Arrays;

/** Collects how long operations took, without a new object for each. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int size;

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

  /** All of them. */
  long[] toArray() {
    return Arrays.copyOf(nanos, size);
  }
}
