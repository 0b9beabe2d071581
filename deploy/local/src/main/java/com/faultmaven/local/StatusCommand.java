package com.faultmaven.local;

import com.faultmaven.local.process.ComponentStatus;
import com.faultmaven.local.process.ProcessIdentity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Prints what every component is doing. */
final class StatusCommand implements Command {
  private static final String ROW = "%-18s %-10s %8s %6s %9s %9s %8s  %s";

  private final StackHome home;

  StatusCommand(StackHome home) {
    this.home = home;
  }

  @Override
  public String help() {
    return """
        usage: ./faultmaven status

        Prints a table of the components: state, process, port, resident memory, uptime, restarts.
        Exits 0 when all are healthy, 1 when one is not, 3 when the stack does not run.
        """;
  }

  @Override
  public int run(List<String> arguments) throws IOException {
    if (!arguments.isEmpty()) {
      throw new UsageException("no arguments are expected");
    }
    Optional<StackState> found = home.state();
    if (found.isEmpty() || !found.get().alive()) {
      System.out.println(
          found.isEmpty()
              ? "FaultMaven is not running; start it with ./faultmaven up"
              : "FaultMaven is not running, its supervisor was killed; ./faultmaven up cleans up");
      return ExitCode.NOT_RUNNING;
    }
    StackState state = found.get();
    System.out.println(
        ROW.formatted("component", "state", "pid", "port", "RSS", "uptime", "restarts", "")
            .stripTrailing());
    long total = 0;
    for (ComponentStatus component : state.components()) {
      long memory = component.pid() == 0 ? 0 : ResidentMemory.of(component.pid());
      total += memory;
      System.out.println(row(component, memory));
    }
    ProcessIdentity supervisor = state.supervisor();
    long memory = ResidentMemory.of(supervisor.pid()) - total;
    System.out.println(
        ROW.formatted(
                "supervisor",
                "running",
                supervisor.pid(),
                "",
                megabytes(memory),
                uptime(supervisor.started()),
                "",
                "")
            .stripTrailing());
    System.out.printf("%s, %s in all%n", state.url(), megabytes(total + memory));
    return state.healthy() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String row(ComponentStatus component, long memory) {
    Instant started = component.started();
    String detail = component.detail();
    return ROW.formatted(
            component.name(),
            StateWords.of(component.state()),
            component.pid() == 0 ? "-" : component.pid(),
            component.port(),
            component.pid() == 0 ? "-" : megabytes(memory),
            started == null ? "-" : uptime(started),
            component.restarts(),
            detail == null ? "" : detail.lines().findFirst().orElse(""))
        .stripTrailing();
  }

  private static String megabytes(long bytes) {
    return (bytes >> 20) + " MB";
  }

  private static String uptime(Instant started) {
    Duration time = Duration.between(started, Instant.now());
    return time.toHours() > 0
        ? "%d h %02d m".formatted(time.toHours(), time.toMinutesPart())
        : "%d m %02d s".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
