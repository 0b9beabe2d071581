package com.faultmaven.bench;

import org.jspecify.annotations.Nullable;

/**
 * Something that was promised.
 *
 * @param what it is, with its unit
 * @param wanted in words, e.g. {@code < 50}
 * @param measured the figure
 * @param met whether the figure keeps the promise
 * @param bare the figure of the same work without the service, null when it has none: what the
 *     machine allows
 */
record Target(String what, String wanted, double measured, boolean met, @Nullable Double bare) {
  private Target(String what, String wanted, double measured, boolean met) {
    this(what, wanted, measured, met, null);
  }

  /** The same promise beside what the work takes without the service. */
  Target beside(double figure) {
    return new Target(what, wanted, measured, met, figure);
  }

  /** A figure that must be this great or greater. */
  static Target atLeast(String what, double bound, double measured) {
    return new Target(what, "≥ " + Report.plain(bound), measured, measured >= bound);
  }

  /** A figure that must be this small or smaller. */
  static Target atMost(String what, double bound, double measured) {
    return new Target(what, "≤ " + Report.plain(bound), measured, measured <= bound);
  }

  /** A figure that must stay below this. */
  static Target below(String what, double bound, double measured) {
    return new Target(what, "< " + Report.plain(bound), measured, measured < bound);
  }
}
