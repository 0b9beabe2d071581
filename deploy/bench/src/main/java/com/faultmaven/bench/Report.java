package com.faultmaven.bench;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table of results, printed line by line as they come. */
final class Report {
  private static final String LINE = "%-34s %5s %7s %9s %9s %9s  %-26s %9s %7s  %s%n";

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  /** Prints the column heads. */
  void head() {
    out.printf(
        LINE,
        "operation",
        "conn",
        "count",
        "per s",
        "p50 ms",
        "p99 ms",
        "compared with",
        "p50 ms",
        "ratio",
        "target");
  }

  /**
   * Prints one line.
   *
   * @param baseline the same work without the service, null when there is nothing to compare with
   * @param target what specification 9.3 asks for, empty when it does not
   */
  void line(
      String operation,
      int connections,
      Figures figures,
      String comparedWith,
      @Nullable Figures baseline,
      String target) {
    out.printf(
        Locale.ROOT,
        LINE,
        operation,
        connections,
        figures.requests(),
        number(figures.perSecond()),
        number(figures.p50()),
        number(figures.p99()),
        comparedWith,
        baseline == null ? "" : number(baseline.p50()),
        baseline == null ? "" : number(figures.p50() / baseline.p50()),
        target);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
  }
}
