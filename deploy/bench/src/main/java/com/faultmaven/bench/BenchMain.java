package com.faultmaven.bench;

import com.faultmaven.local.Apps;
import com.faultmaven.local.LocalStack;
import com.faultmaven.local.servers.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./faultmaven bench}: starts an empty system of its own, fills it, and prints what
 * operations cost beside the same work done by the server behind them alone. Bounded in count;
 * takes minutes.
 */
public final class BenchMain {
  private static final String HELP =
      """
      usage: ./faultmaven bench [--quick] [--cases N] [--seconds S]
                                [auth] [cases] [sessions] [knowledge] [files]

      Starts an empty system beside the one that may be running, fills it, measures, and prints a
      table: operations a second, median and 99th percentile, and the ratio to the same work without
      the service (a bare password hash, the same SQL, the same Redis command). Without arguments it
      measures everything. All load goes to this machine, and it is bounded.

      auth also prints what a request costs the service's process in processor time, and how many
      requests a second one core could serve at that price (s*core). --quick warms up and measures
      for seconds only: its figures are lower than those of a warm service.

      cases fills the database with 10,000 cases of uneven size, on average 100 pieces of evidence,
      20 hypotheses and 200 messages each, and measures at 1, 16 and 64 connections beside the very
      statements that the service runs. It takes some eighteen minutes and 3 GB of disk; --cases N
      writes N cases instead (10 to 100000), --seconds S measures for S seconds each (1 to 60,
      otherwise 5). --quick is --cases 500 --seconds 2.
      """;
  private static final String QUICK = "--quick";
  private static final List<String> ALL =
      List.of("auth", "cases", "sessions", "knowledge", "files");

  private BenchMain() {}

  /** Runs the benchmarks. */
  public static void main(String[] arguments) throws Exception {
    List<String> wanted = new ArrayList<>(List.of(arguments));
    boolean quick = wanted.removeAll(List.of(QUICK));
    int cases;
    int seconds;
    try {
      cases = number(wanted, "--cases", quick ? 500 : 10_000, 10, 100_000);
      seconds = number(wanted, "--seconds", quick ? 2 : 5, 1, 60);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.err.print(HELP);
      System.exit(2);
      return;
    }
    CasesBenchmark.Extent extent = new CasesBenchmark.Extent(cases, Duration.ofSeconds(seconds));
    if (wanted.isEmpty()) {
      wanted.addAll(ALL);
    }
    if (wanted.contains("-h") || wanted.contains("--help")) {
      System.out.print(HELP);
      return;
    }
    List<String> unknown = new ArrayList<>(wanted);
    unknown.removeAll(ALL);
    if (!unknown.isEmpty()) {
      System.err.println("bench: there is no " + unknown.getFirst());
      System.err.print(HELP);
      System.exit(2);
    }
    Path directory = Files.createTempDirectory("faultmaven-bench-");
    Apps apps = Apps.staged(Path.of(System.getProperty("faultmaven.apps")));
    System.out.println("starting an empty system in " + directory);
    if (!quick && !apps.archived()) {
      // A service's first start is not what it is like afterwards: its classes take more memory.
      try (LocalStack first = stack(directory, apps)) {
        first.start();
      }
    }
    try (LocalStack stack = stack(directory, apps)) {
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "clean-up"));
      stack.start();
      run(new Benchmarks(stack, directory, quick, extent, new Report(System.out)), wanted);
    } finally {
      DirectoryTree.delete(directory);
    }
  }

  private static LocalStack stack(Path directory, Apps apps) throws IOException {
    return new LocalStack(directory, apps, 0, true, status -> {});
  }

  /** Takes an option and its number out of the arguments. */
  static int number(List<String> arguments, String option, int otherwise, int least, int most) {
    int place = arguments.indexOf(option);
    if (place < 0) {
      return otherwise;
    }
    arguments.remove(place);
    String text = place < arguments.size() ? arguments.remove(place) : "";
    if (!text.matches("[0-9]{1,6}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException(
          "%s needs a whole number from %d to %d".formatted(option, least, most));
    }
    return Integer.parseInt(text);
  }

  private static void run(Benchmarks benchmarks, List<String> wanted) throws Exception {
    benchmarks.prepare();
    for (String name : wanted) {
      switch (name) {
        case "auth" -> benchmarks.auth();
        case "cases" -> benchmarks.cases();
        case "sessions" -> benchmarks.sessions();
        case "knowledge" -> benchmarks.knowledge();
        default -> benchmarks.files();
      }
    }
  }
}
