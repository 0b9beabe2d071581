package com.faultmaven.artifact.preprocess.extract.metrics;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The series of a file as they are read, within bounds. */
final class SeriesSet {
  /** A sample without a time. */
  static final long NO_TIME = Long.MIN_VALUE;

  private static final int MAX_NAME = 200;

  private final Map<String, Series> series = new LinkedHashMap<>();
  private final int maxSeries;
  private final int maxPoints;
  private int points;
  private long dropped;

  SeriesSet(int maxSeries, int maxPoints) {
    this.maxSeries = maxSeries;
    this.maxPoints = maxPoints;
  }

  /** Adds a sample, or counts it as dropped when a bound is reached. */
  void add(String name, long time, double value) {
    Series target = find(name);
    if (target == null || points >= maxPoints) {
      dropped++;
      return;
    }
    target.add(time, value);
    points++;
  }

  /** Says that a series only counts up. */
  void markCounter(String name) {
    Series target = find(name);
    if (target != null) {
      target.markCounter();
    }
  }

  Collection<Series> all() {
    return series.values().stream().filter(one -> one.size() > 0).toList();
  }

  int points() {
    return points;
  }

  /** Samples that were not read because of the bounds. */
  long dropped() {
    return dropped;
  }

  private @Nullable Series find(String name) {
    String key = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    Series found = series.get(key);
    if (found == null && series.size() < maxSeries) {
      found = new Series(key);
      series.put(key, found);
    }
    return found;
  }
}
