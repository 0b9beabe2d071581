package com.faultmaven.artifact.preprocess.extract.metrics;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Numbers over time, or over their order when they have no time. */
final class Series {
  private final String name;
  private long[] times = new long[16];
  private double[] values = new double[16];
  private int size;
  private boolean timed = true;
  private boolean counter;

  Series(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  int size() {
    return size;
  }

  /** Whether every sample has a time of its own. */
  boolean timed() {
    return timed && size > 0;
  }

  /** Whether the series only counts up, so that its increase says more than its value. */
  boolean counter() {
    return counter;
  }

  void markCounter() {
    counter = true;
  }

  /** Adds a sample; time in milliseconds since 1970, {@link Long#MIN_VALUE} for none. */
  void add(long time, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (size == values.length) {
      times = Arrays.copyOf(times, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    timed &= time != Long.MIN_VALUE;
    times[size] = time;
    values[size++] = value;
  }

  long time(int index) {
    return times[index];
  }

  /** The values in order of time. */
  double[] values() {
    return Arrays.copyOf(values, size);
  }

  /** The times in order, in milliseconds since 1970. */
  long[] times() {
    return Arrays.copyOf(times, size);
  }

  /** When a sample was, or which one it is when it has no time. */
  String at(int index) {
    return timed() ? Instant.ofEpochMilli(times[index]).toString() : "sample " + (index + 1);
  }

  /** Puts the samples in order of time; of several at the same time, order stays. */
  Series sorted() {
    boolean inOrder = true;
    for (int i = 1; i < size; i++) {
      inOrder &= times[i - 1] <= times[i];
    }
    if (inOrder || !timed()) {
      return this;
    }
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted((a, b) -> Long.compare(times[a], times[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    Series sorted = new Series(name);
    sorted.counter = counter;
    for (int index : order) {
      sorted.add(times[index], values[index]);
    }
    return sorted;
  }

  /** What a counter grew by from sample to sample; a fall is a restart from 0. */
  Series increases() {
    Series increases = new Series(name + " (increase)");
    for (int i = 1; i < size; i++) {
      double grown = values[i] - values[i - 1];
      increases.add(times[i], grown < 0 ? values[i] : grown);
    }
    return increases;
  }
}
