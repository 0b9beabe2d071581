package com.faultmaven.user.domain;

import java.time.Duration;

/**
 * How long one must wait after failures that count under one key: not at all after the first few,
 * then a while that doubles with each further one, up to a bound.
 *
 * @param key what failures are counted under
 * @param free failures without a wait
 * @param first wait after one more
 * @param longest bound of the wait, so that nobody can be shut out for good
 * @param memory time without failures after which they are forgotten
 */
public record DelayRule(String key, int free, Duration first, Duration longest, Duration memory) {
  /** The wait after so many failures. */
  public Duration waitAfter(int failures) {
    if (failures < free) {
      return Duration.ZERO;
    }
    int doublings = Math.min(failures - free, 30);
    Duration wait = first.multipliedBy(1L << doublings);
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
