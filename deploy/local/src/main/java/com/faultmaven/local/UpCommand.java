package com.faultmaven.local;

import com.faultmaven.local.StackState.Phase;
import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.process.LogTail;
import com.faultmaven.local.process.Ports;
import com.faultmaven.local.process.StopSignal;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts a stack in the background and waits until it is healthy. */
final class UpCommand implements Command {
  private static final int DEFAULT_PORT = 8080;
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(90);

  private final StackHome home;
  private final Path apps;
  private final boolean terminal;
  private volatile boolean interrupted;

  UpCommand(StackHome home, Path apps, boolean terminal) {
    this.home = home;
    this.apps = apps;
    this.terminal = terminal;
  }

  @Override
  public String help() {
    return """
        usage: ./faultmaven up [--fresh] [--port N]

        Builds when sources changed, starts the backing servers, the five services and the gateway,
        and waits until all are healthy. The stack then runs in the background; its data is kept in
        .faultmaven and survives.

          --fresh    delete all data, logs and secrets of this stack first
          --port N   port of the gateway on localhost, 8080 unless told

        Exits 0 when the stack is up, also when it was up before; 1 when it did not come up, with the
        cause and its log file; 2 for a wrong command line. Ctrl-C stops what was started.
        """;
  }

  @Override
  public int run(List<String> arguments) throws IOException, InterruptedException {
    boolean fresh = false;
    int port = DEFAULT_PORT;
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "--fresh" -> fresh = true;
        case "--port" -> port = port(++i < arguments.size() ? arguments.get(i) : "");
        default -> throw new UsageException("unknown argument " + arguments.get(i));
      }
    }
    Optional<StackState> before = home.state();
    if (before.isPresent() && before.get().alive()) {
      return alreadyThere(before.get(), fresh);
    }
    if (before.isPresent()) {
      int orphans = Orphans.stop(before.get());
      if (orphans > 0) {
        System.out.println("ended " + orphans + " processes that a killed supervisor left behind");
      }
      home.forgetState();
    }
    if (fresh) {
      home.wipe();
    }
    home.prepare();
    if (!Ports.free(port)) {
      throw new ComponentException(
          "port %d is used by another program; choose another one: ./faultmaven up --port %d"
              .formatted(port, port + 1));
    }
    return begin(port);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65_536) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new UsageException("--port needs a number, not '" + text + "'");
    }
    throw new UsageException("--port needs a number from 1 to 65535");
  }

  private int alreadyThere(StackState state, boolean fresh)
      throws IOException, InterruptedException {
    if (fresh) {
      throw new ComponentException("a stack is running; stop it first: ./faultmaven down");
    }
    if (state.phase() == Phase.STARTING) {
      System.out.println("another up is starting this stack, waiting for it");
      return follow(state.supervisor().pid());
    }
    if (state.phase() == Phase.STOPPING) {
      throw new ComponentException("the stack is just being stopped; try again in a moment");
    }
    System.out.println("FaultMaven is running already on " + state.url());
    if (!state.apps().equals(apps.toString())) {
      System.out.println(
          "It runs an older build; for the new one: ./faultmaven down && ./faultmaven up");
    }
    if (!state.healthy()) {
      new Progress(System.out, false).show(state.components());
      System.err.println("faultmaven: not every component is healthy, see ./faultmaven status");
      return ExitCode.FAILED;
    }
    return ExitCode.OK;
  }

  private int begin(int port) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long pid = launch(port);
    Thread hook = new Thread(() -> stopOnInterrupt(pid), "interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    int code = follow(pid);
    if (interrupted) {
      hook.join();
      return ExitCode.FAILED;
    }
    Runtime.getRuntime().removeShutdownHook(hook);
    if (code == ExitCode.OK) {
      greet(port, (System.nanoTime() - start) / 1_000_000_000);
    }
    return code;
  }

  /** In a process group of its own: a Ctrl-C in this terminal must not reach it later. */
  private long launch(int port) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "bash",
            "-c",
            "set -m; trap '' HUP; \"$@\" </dev/null >>\"$0\" 2>&1 & echo $!",
            home.log("supervisor").toString(),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dfaultmaven.home=" + home.root(),
            "-Dfaultmaven.apps=" + apps,
            "-cp",
            absolute(System.getProperty("java.class.path")),
            Main.class.getName(),
            "supervise",
            Integer.toString(port)));
    Process shell =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String pid = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    shell.waitFor();
    return Long.parseLong(pid);
  }

  private static String absolute(String classPath) {
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private int follow(long pid) throws IOException, InterruptedException {
    Progress progress = new Progress(System.out, terminal);
    Optional<ProcessHandle> supervisor = ProcessHandle.of(pid);
    while (!interrupted) {
      boolean ended = supervisor.isEmpty() || StopSignal.ended(supervisor.get(), LOOK_EVERY);
      Optional<StackState> state =
          home.state().filter(written -> written.supervisor().pid() == pid);
      if (state.isPresent()) {
        progress.show(state.get().components());
        if (state.get().phase() == Phase.RUNNING) {
          return ExitCode.OK;
        }
        if (state.get().phase() == Phase.FAILED) {
          System.err.println("faultmaven: " + state.get().message());
          home.forgetState();
          return ExitCode.FAILED;
        }
      }
      if (ended && !interrupted) {
        Path log = home.log("supervisor");
        System.err.println(
            "faultmaven: the supervisor ended, see " + log + LogTail.indented(log, 10));
        return ExitCode.FAILED;
      }
    }
    return ExitCode.FAILED;
  }

  private void stopOnInterrupt(long pid) {
    interrupted = true;
    System.out.println();
    System.out.println("interrupted, stopping what was started");
    try {
      Optional<ProcessHandle> supervisor = ProcessHandle.of(pid);
      if (supervisor.isPresent()) {
        StopSignal.stop(supervisor.get(), "TERM", STOP_TIMEOUT);
      }
      System.out.println("stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void greet(int port, long seconds) {
    System.out.printf(
        """

        FaultMaven is up after %1$d s
          API page       http://localhost:%2$d/
          OpenAPI        http://localhost:%2$d/openapi.json
          see it work    ./faultmaven demo
          administrator  %3$s, with the password "%3$s" from %4$s
          logs           ./faultmaven logs, files in %5$s
          stop           ./faultmaven down
        """,
        seconds, port, LocalStack.ADMIN, home.secrets(), home.logs());
  }
}
