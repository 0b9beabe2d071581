package com.faultmaven.bench;

import java.time.Duration;

/**
 * Load before a measurement. A JVM compiles for long after its start, on the processors that it is
 * measured by: what a request costs falls for a minute or more.
 *
 * @param slice what is looked at as one
 * @param most slices, so that it ends
 */
record WarmUp(Duration slice, int most) {
  /** Less of a fall than this is the machine's noise. */
  private static final double FALL = 0.97;

  /** How many slices without a fall make it steady. */
  private static final int LEVEL = 3;

  /** A load of so long a life. */
  @FunctionalInterface
  interface Loading {
    /** Loads and gives what it has cost. */
    Measured during(Duration life) throws Exception;
  }

  /** Loads until a request has cost no less for a while. */
  void run(Loading load) throws Exception {
    double least = Double.MAX_VALUE;
    int level = 0;
    for (int slices = 0; slices < most && level < LEVEL; slices++) {
      double cost = load.during(slice).cpuMillis();
      level = cost < least * FALL ? 0 : level + 1;
      least = Math.min(least, cost);
    }
  }
}
