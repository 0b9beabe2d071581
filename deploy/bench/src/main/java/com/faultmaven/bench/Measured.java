package com.faultmaven.bench;

import java.util.concurrent.Callable;

/**
 * A run and what the measured process has worked for it.
 *
 * @param figures what the client has seen
 * @param cpuSeconds seconds of processors that the process has used meanwhile
 */
record Measured(Figures figures, double cpuSeconds) {
  /** Runs a load and looks at a process before and after. */
  static Measured of(long pid, Callable<Figures> load) throws Exception {
    double before = ProcessUsage.of(pid).cpuSeconds();
    Figures figures = load.call();
    return new Measured(figures, ProcessUsage.of(pid).cpuSeconds() - before);
  }

  /** Milliseconds of a processor for one request. */
  double cpuMillis() {
    return cpuSeconds * 1e3 / figures.requests();
  }

  /** Requests that one processor could serve in a second, when it did nothing else. */
  double perSecondPerCore() {
    return cpuSeconds == 0 ? 0 : figures.requests() / cpuSeconds;
  }
}
