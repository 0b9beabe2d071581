package com.faultmaven.local;

import com.faultmaven.local.process.ComponentStatus.State;
import com.faultmaven.local.process.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Stops the stack. */
final class DownCommand implements Command {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final StackHome home;
  private final boolean terminal;

  DownCommand(StackHome home, boolean terminal) {
    this.home = home;
    this.terminal = terminal;
  }

  @Override
  public String help() {
    return """
        usage: ./faultmaven down

        Stops the stack: gateway, services, backing servers. Its data stays. Also ends what a killed
        supervisor left behind. Exits 0, also when nothing was running.
        """;
  }

  @Override
  public int run(List<String> arguments) throws IOException, InterruptedException {
    if (!arguments.isEmpty()) {
      throw new UsageException("no arguments are expected");
    }
    Optional<StackState> found = home.state();
    if (found.isEmpty()) {
      System.out.println("nothing is running");
      return ExitCode.OK;
    }
    StackState state = found.get();
    Optional<ProcessHandle> supervisor = state.supervisor().running();
    if (supervisor.isPresent()) {
      stop(supervisor.get());
    }
    int orphans = Orphans.stop(home.state().orElse(state));
    if (orphans > 0) {
      System.out.println("ended " + orphans + " processes that a killed supervisor left behind");
    }
    home.forgetState();
    System.out.println("FaultMaven is down; its data stays in " + home.root());
    return ExitCode.OK;
  }

  private void stop(ProcessHandle supervisor) throws IOException, InterruptedException {
    supervisor.destroy();
    Progress progress = new Progress(System.out, terminal);
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!StopSignal.ended(supervisor, LOOK_EVERY)) {
      Optional<StackState> now = home.state();
      if (now.isPresent() && now.get().phase() == StackState.Phase.STOPPING) {
        progress.show(
            now.get().components().stream()
                .filter(component -> terminal || component.state() == State.STOPPED)
                .toList());
      }
      if (System.nanoTime() > deadline) {
        System.err.println("the supervisor does not end, it is killed");
        supervisor.destroyForcibly();
      }
    }
  }
}
