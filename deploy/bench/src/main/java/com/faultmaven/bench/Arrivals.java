package com.faultmaven.bench;

/**
 * When requests of a fixed rate are due, whether or not the service keeps up. A request that found
 * no free connection is counted from when it was due: its wait is part of what a user feels, and
 * would be hidden if one counted from when it was sent.
 */
final class Arrivals {
  private final long start;
  private final double interval;
  private final long count;
  private long taken;

  /**
   * A run.
   *
   * @param start by {@link System#nanoTime()}
   * @param perSecond requests that come in a second, evenly
   * @param count how many come in all
   */
  Arrivals(long start, double perSecond, long count) {
    this.start = start;
    this.interval = 1e9 / perSecond;
    this.count = count;
  }

  /** Whether another request is due at this time. */
  boolean isDue(long now) {
    return taken < count && next() - now <= 0;
  }

  /** Takes the next request; the time that it was due, which its latency counts from. */
  long take() {
    long due = next();
    taken++;
    return due;
  }

  /** Whether all were taken. */
  boolean exhausted() {
    return taken >= count;
  }

  /** When the next request is due. */
  long next() {
    return start + Math.round(taken * interval);
  }
}
