package com.faultmaven.common.time;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * The clock of a running service: UTC in whole milliseconds, the precision that goes over the wire
 * (decisions, section 2), so that what is stored, answered and published compares equal.
 */
public final class SystemClock {
  /** The clock to inject wherever a time is taken. */
  @Produces
  @Singleton
  public Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
  }
}
