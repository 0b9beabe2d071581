package com.faultmaven.cases.jobs;

import java.time.Duration;

/** Checks settings of jobs when the service starts, so that a wrong one stops it. */
final class Periods {
  private static final int MAX_BATCH = 1000;

  private Periods() {}

  static void atLeastADay(String key, Duration period) {
    if (period.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalStateException(key + " must be at least a day, not " + period);
    }
  }

  static void batch(String key, int size) {
    if (size < 1 || size > MAX_BATCH) {
      throw new IllegalStateException(key + " must be from 1 to " + MAX_BATCH + ", not " + size);
    }
  }
}
