package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.local.servers.ServerEndpoints.Postgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL's own benchmark, with a script of ours and prepared statements. */
final class Pgbench {
  private static final String NAME = "pgbench";
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Pattern TPS =
      Pattern.compile("^tps = ([0-9.]+) \\(without initial connection time\\)", Pattern.MULTILINE);
  private static final Pattern FAILED =
      Pattern.compile("^number of failed transactions: (\\d+)", Pattern.MULTILINE);
  private static final int RUN = 1;
  private static final int MICROSECONDS = 2;
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int GRACE_SECONDS = 60;

  private final Path program;
  private final Postgres postgres;
  private final String database;
  private final Path directory;

  /**
   * One database.
   *
   * @param directory for scripts and logs
   */
  Pgbench(Path program, Postgres postgres, String database, Path directory) {
    this.program = program;
    this.postgres = postgres;
    this.database = database;
    this.directory = directory;
  }

  /** The program: on the PATH, or where Debian keeps it, the newest of several. */
  static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Stream<Path> onPath =
        Stream.of(path.split(File.pathSeparator)).map(entry -> Path.of(entry).resolve(NAME));
    return Stream.concat(onPath, debian().stream()).filter(Files::isExecutable).findFirst();
  }

  private static List<Path> debian() {
    List<Path> programs = new ArrayList<>();
    if (Files.isDirectory(DEBIAN)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
        versions.forEach(version -> programs.add(version.resolve("bin").resolve(NAME)));
      } catch (IOException e) {
        throw new IllegalStateException("cannot look into " + DEBIAN, e);
      }
    }
    programs.sort(java.util.Comparator.reverseOrder());
    return programs;
  }

  /**
   * Runs work again and again for so long, on so many connections.
   *
   * @param works one of them by chance at each turn; names of their values are different ones
   * @param life with the time to connect and to plan; longer when nothing else fits into it
   */
  Figures measure(List<BareWork> works, int connections, Duration life)
      throws IOException, InterruptedException {
    return measure(works, connections, life, List.of(), 0);
  }

  /**
   * The same at a fixed rate, by chance and not evenly; latencies count from when a run was due.
   * The first run on each connection, in which the work is planned, does not count.
   */
  Figures atRate(List<BareWork> works, int connections, double rate, Duration life)
      throws IOException, InterruptedException {
    return measure(works, connections, life, List.of("--rate=" + rate), 1);
  }

  private Figures measure(
      List<BareWork> works, int connections, Duration life, List<String> options, int skipped)
      throws IOException, InterruptedException {
    Path run = Files.createTempDirectory(Files.createDirectories(directory), NAME);
    Map<String, String> values = new HashMap<>();
    List<Path> scripts = new ArrayList<>();
    for (BareWork work : works) {
      Path script = run.resolve("script" + scripts.size() + ".sql");
      Files.writeString(script, script(work));
      scripts.add(script);
      values.putAll(work.values());
    }
    List<String> command = command(scripts, run.resolve("log"), values, connections, life);
    command.addAll(1, options);
    String output = run(command, BareSql.options(works), life);
    Latencies latencies = new Latencies();
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(run, "log.*")) {
      for (Path log : logs) {
        readLog(Files.readString(log), skipped, latencies);
      }
    }
    if (latencies.size() == 0 && life.compareTo(LONGEST) < 0) {
      return measure(works, connections, life.multipliedBy(2), options, skipped);
    }
    return figures(output, latencies);
  }

  /** What pgbench reads: numbers by chance, the statements, the counter. */
  static String script(BareWork work) {
    StringBuilder script = new StringBuilder();
    new TreeMap<>(work.ranges())
        .forEach(
            (name, range) ->
                script.append(
                    "\\set %s %d + %d * random(0, %d)%n"
                        .formatted(name, range.first(), range.step(), range.count() - 1)));
    boolean several = work.statements().size() > 1;
    script.append(several ? "BEGIN;\n" : "");
    for (NamedSql sql : work.statements()) {
      script.append(sql.text().strip()).append(";\n");
    }
    script.append(several ? "COMMIT;\n" : "");
    return script.append("\\set %1$s :%1$s + 1%n".formatted(BareSql.COUNTER)).toString();
  }

  private List<String> command(
      List<Path> scripts, Path log, Map<String, String> values, int connections, Duration life) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + connections,
                "--time=" + Math.max(1, life.toSeconds()),
                "--log",
                "--log-prefix=" + log,
                "--define=" + BareSql.COUNTER + "=0"));
    scripts.forEach(script -> command.add("--file=" + script));
    values.forEach((name, value) -> command.add("--define=" + name + "=" + value));
    command.addAll(
        List.of(
            "--host=" + postgres.host(),
            "--port=" + postgres.port(),
            "--username=" + postgres.superuser(),
            database));
    return command;
  }

  private String run(List<String> command, String options, Duration life)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, NAME, ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("PGPASSWORD", postgres.password());
    builder.environment().put("PGOPTIONS", options);
    Process process = builder.start();
    if (!process.waitFor(life.toSeconds() + GRACE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("pgbench did not end");
    }
    String text = Files.readString(output, UTF_8);
    if (process.exitValue() != 0) {
      throw new IOException("pgbench has failed: " + text);
    }
    return text;
  }

  /**
   * Reads a log of {@code pgbench --log}: the numbers of a line are the connection, its run from 1,
   * microseconds.
   *
   * @param skipped how many runs of each connection do not count, its first ones
   */
  static void readLog(String log, int skipped, Latencies latencies) {
    log.lines()
        .map(line -> line.split(" "))
        .filter(numbers -> Long.parseLong(numbers[RUN]) > skipped)
        .forEach(numbers -> latencies.add(Long.parseLong(numbers[MICROSECONDS]) * 1_000));
  }

  /** Puts pgbench's own words and its log together. */
  static Figures figures(String output, Latencies latencies) throws IOException {
    Matcher tps = TPS.matcher(output);
    Matcher failed = FAILED.matcher(output);
    if (!tps.find() || (failed.find() && Long.parseLong(failed.group(1)) > 0)) {
      throw new IOException("pgbench was not content: " + output);
    }
    double perSecond = Double.parseDouble(tps.group(1));
    return Figures.of(latencies.toArray(), Math.round(latencies.size() * 1e9 / perSecond));
  }
}
