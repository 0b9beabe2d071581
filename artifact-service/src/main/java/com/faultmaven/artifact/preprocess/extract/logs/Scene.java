package com.faultmaven.artifact.preprocess.extract.logs;

import com.faultmaven.artifact.preprocess.text.Level;
import com.faultmaven.artifact.preprocess.text.Lines;
import java.util.stream.IntStream;

/**
 * Where it happened: the most severe failure, and what came first in the chain of trouble that
 * leads to it.
 */
final class Scene {
  // A chain breaks where nothing went wrong for so long.
  private static final long MAX_PAUSE_MILLIS = 60_000;
  private static final int MAX_PAUSE_LINES = 30;
  private static final long MAX_CHAIN_MILLIS = 30 * 60_000;
  private static final int RARE = 3;
  private static final int MAX_CHAIN_LINES = 2_000;

  private final int[] failures;
  private final int worst;
  private final int cause;

  private Scene(int[] failures, int worst, int cause) {
    this.failures = failures;
    this.worst = worst;
    this.cause = cause;
  }

  /** First lines of all failures, in the order of the file. */
  int[] failures() {
    return failures;
  }

  /** First line of the most severe failure; of several, the earliest. */
  int worst() {
    return worst;
  }

  /**
   * First line of the earliest failure, or else warning, of the chain that ends at the worst; the
   * worst itself when nothing led to it.
   */
  int cause() {
    return cause;
  }

  /** Finds the scene; without failures, {@code worst} and {@code cause} are -1. */
  static Scene of(LogScan scan) {
    int count = scan.lines().count();
    int[] failures =
        IntStream.range(0, count)
            .filter(line -> scan.isRecord(line) && scan.level(line).isFailure())
            .toArray();
    int worst = -1;
    for (int line : failures) {
      if (worst < 0 || scan.level(line).weight() > scan.level(worst).weight()) {
        worst = line;
      }
    }
    return new Scene(failures, worst, worst < 0 ? -1 : cause(scan, worst));
  }

  private static int cause(LogScan scan, int worst) {
    int failure = worst;
    int warning = worst;
    int rare = worst;
    int link = worst;
    for (int line = worst - 1; line >= 0 && line >= worst - MAX_CHAIN_LINES; line--) {
      if (scan.isRecord(line) && scan.level(line).weight() > 0) {
        if (!linked(scan, line, link) || tooFar(scan, line, worst)) {
          break;
        }
        link = line;
        if (scan.level(line) == Level.WARN) {
          warning = line;
          boolean isRare = scan.templates().count(scan.template(line)) <= RARE;
          rare = isRare ? line : rare;
        } else {
          failure = line;
        }
      }
    }
    // A warning that comes all the time leads to nothing; one that hardly ever does may have.
    if (rare < failure) {
      return rare;
    }
    return failure == worst ? warning : failure;
  }

  private static boolean linked(LogScan scan, int line, int next) {
    if (scan.time(line) != LogScan.NO_TIME && scan.time(next) != LogScan.NO_TIME) {
      return scan.time(next) - scan.time(line) <= MAX_PAUSE_MILLIS;
    }
    return next - line <= MAX_PAUSE_LINES;
  }

  private static boolean tooFar(LogScan scan, int line, int worst) {
    return scan.time(line) != LogScan.NO_TIME
        && scan.time(worst) != LogScan.NO_TIME
        && scan.time(worst) - scan.time(line) > MAX_CHAIN_MILLIS;
  }

  /** Whether anything failed. */
  boolean hasFailure() {
    return worst >= 0;
  }

  /** The innermost "Caused by" of the most severe failure's stack trace; empty without one. */
  String rootCause(LogScan scan) {
    Lines lines = scan.lines();
    String root = "";
    for (int line = worst; line < scan.recordEnd(worst); line++) {
      String text = lines.line(line, 400).strip();
      if (text.startsWith("Caused by:")) {
        root = text.substring("Caused by:".length()).strip();
      }
    }
    return root;
  }
}
