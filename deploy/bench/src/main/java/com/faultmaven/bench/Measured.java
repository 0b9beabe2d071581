package com.faultmaven.bench;

import java.util.concurrent.Callable;

/**
 * A run and what the measured process has worked for it.
 *
 * @param figures what the client has seen
 * @param cpuSeconds seconds of processors that the process has used meanwhile
 * @param compilerSeconds those of them that the compilers of its JVM have taken
 */
record Measured(Figures figures, double cpuSeconds, double compilerSeconds) {
  /** Before the first part of a run. */
  static final Measured NOTHING = new Measured(new Figures(0, 0, 0, 0), 0, 0);

  /** Runs a load and looks at a process before and after. */
  static Measured of(long pid, Callable<Figures> load) throws Exception {
    ProcessUsage before = ProcessUsage.of(pid);
    Figures figures = load.call();
    ProcessUsage after = ProcessUsage.of(pid);
    return new Measured(
        figures,
        after.cpuSeconds() - before.cpuSeconds(),
        // A compiler's thread that ended in between takes its seconds with it.
        Math.max(0, after.compilerSeconds() - before.compilerSeconds()));
  }

  /** This further part of a run, whose figures are those of the whole, with the parts before it. */
  Measured after(Measured before) {
    return new Measured(
        figures, before.cpuSeconds + cpuSeconds, before.compilerSeconds + compilerSeconds);
  }

  /** Which part of the processor time went into compilation, 0 to 1. */
  double compiling() {
    return cpuSeconds == 0 ? 0 : compilerSeconds / cpuSeconds;
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
