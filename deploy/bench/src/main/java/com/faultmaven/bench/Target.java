package com.faultmaven.bench;

/**
 * Something that was promised.
 *
 * @param what it is, with its unit
 * @param wanted in words, e.g. {@code < 50}
 * @param measured the figure
 * @param met whether the figure keeps the promise
 */
record Target(String what, String wanted, double measured, boolean met) {
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
