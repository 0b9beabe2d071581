package com.faultmaven.user.jobs;

import java.time.Duration;

/** Checks settings of jobs when the service starts, so that a wrong one stops it. */
final class Periods {
  private static final int MAX_BATCH = 10_000;

  private Periods() {}

  /** The period, unless it is shorter than it may be. */
  static Duration atLeast(Duration least, String key, Duration period) {
    if (period.compareTo(least) < 0) {
      throw new IllegalStateException(key + " must be at least " + least + ", not " + period);
    }
    return period;
  }

  /** The size of a batch, from 1 to 10000. */
  static int batch(String key, int size) {
    if (size < 1 || size > MAX_BATCH) {
      throw new IllegalStateException(key + " must be from 1 to " + MAX_BATCH + ", not " + size);
    }
    return size;
  }
}
