package com.faultmaven.bench;

import java.time.Duration;

/**
 * Load before a measurement. A JVM compiles for minutes after its start, on the processors that it
 * is measured by.
 *
 * @param slice what is looked at as one
 * @param most slices, so that it ends
 */
record WarmUp(Duration slice, int most) {
  /** A smaller part of the processor time than this is no compilation worth waiting for. */
  private static final double QUIET = 0.02;

  /** How many quiet slices, one after the other, make it warm. */
  private static final int ENOUGH = 2;

  /** A load of so long a life. */
  @FunctionalInterface
  interface Loading {
    /** Loads and gives what it has cost. */
    Measured during(Duration life) throws Exception;
  }

  /** Loads until the process has compiled what the load needs. */
  void run(Loading load) throws Exception {
    int quiet = 0;
    for (int slices = 0; slices < most && quiet < ENOUGH; slices++) {
      quiet = load.during(slice).compiling() < QUIET ? quiet + 1 : 0;
    }
  }
}
