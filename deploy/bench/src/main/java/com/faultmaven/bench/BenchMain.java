package com.faultmaven.bench;

import com.faultmaven.local.Apps;
import com.faultmaven.local.LocalStack;
import com.faultmaven.local.servers.DirectoryTree;
import java.nio.file.Files;
import java.nio.file.Path;
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
      usage: ./faultmaven bench [--quick] [auth] [cases] [sessions] [knowledge] [files]

      Starts an empty system beside the one that may be running, fills it, measures, and prints a
      table: operations a second, median and 99th percentile, and the ratio to the same work without
      the service (a bare password hash, the same SQL, the same Redis command). Without arguments it
      measures everything. All load goes to this machine, and it is bounded.

      auth also prints what a request costs the service's process in processor time, and how many
      requests a second one core could serve at that price (s*core). --quick warms up and measures
      for seconds only: its figures are lower than those of a warm service.
      """;
  private static final String QUICK = "--quick";
  private static final List<String> ALL =
      List.of("auth", "cases", "sessions", "knowledge", "files");

  private BenchMain() {}

  /** Runs the benchmarks. */
  public static void main(String[] arguments) throws Exception {
    List<String> wanted = new ArrayList<>(List.of(arguments));
    boolean quick = wanted.removeAll(List.of(QUICK));
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
    try (LocalStack stack = new LocalStack(directory, apps, 0, true, status -> {})) {
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "clean-up"));
      stack.start();
      run(new Benchmarks(stack, directory, quick, new Report(System.out)), wanted);
    } finally {
      DirectoryTree.delete(directory);
    }
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
