package com.faultmaven.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table of results, printed line by line as they come; a line has at most 160 columns. */
final class Report {
  private static final String LINE = "%-34s %5s %7s %8s %8s %8s %7s %9s  %-29s %8s %6s  %s%n";
  private static final String TARGET = "%-66s %9s %9s  %s%n";

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  /** A number of things in words, e.g. {@code 2 threads}. */
  static String counted(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
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
        "CPU ms",
        "s*core",
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
    print(operation, connections, figures, "", "", comparedWith, baseline, target);
  }

  /** Prints one line with what the service's process has worked. */
  void line(
      String operation,
      int connections,
      Measured measured,
      String comparedWith,
      @Nullable Figures baseline) {
    line(operation, connections, measured, comparedWith, baseline, "");
  }

  /** The same with what was promised, in words, empty for nothing. */
  void line(
      String operation,
      int connections,
      Measured measured,
      String comparedWith,
      @Nullable Figures baseline,
      String target) {
    print(
        operation,
        connections,
        measured.figures(),
        number(measured.cpuMillis()),
        number(measured.perSecondPerCore()),
        comparedWith,
        baseline,
        target);
  }

  /** Prints what was promised, and whether it is kept. */
  void targets(List<Target> targets) {
    out.println();
    out.printf(TARGET, "target", "wanted", "measured", "");
    for (Target target : targets) {
      out.printf(
          TARGET,
          target.what(),
          target.wanted(),
          number(target.measured()),
          (target.met() ? "met" : "missed")
              + (target.bare() == null ? "" : ", bare " + number(target.bare())));
    }
  }

  /** Prints a remark. */
  void note(String text) {
    out.println(text);
  }

  private void print(
      String operation,
      int connections,
      Figures figures,
      String cpu,
      String perCore,
      String comparedWith,
      @Nullable Figures baseline,
      String target) {
    String line =
        String.format(
            Locale.ROOT,
            LINE,
            operation,
            connections,
            figures.requests(),
            number(figures.perSecond()),
            number(figures.p50()),
            number(figures.p99()),
            cpu,
            perCore,
            comparedWith,
            baseline == null ? "" : number(baseline.p50()),
            baseline == null ? "" : number(figures.p50() / baseline.p50()),
            target);
    out.println(line.stripTrailing());
  }

  /** A number without digits that say nothing. */
  static String plain(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
  }
}
