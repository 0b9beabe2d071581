package com.faultmaven.local;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Prints the gateway's address, for scripts. */
final class UrlCommand implements Command {
  private final StackHome home;

  UrlCommand(StackHome home) {
    this.home = home;
  }

  @Override
  public String help() {
    return """
        usage: ./faultmaven url

        Prints the address of the running stack's gateway. Exits 3 when it does not run.
        """;
  }

  @Override
  public int run(List<String> arguments) throws IOException {
    if (!arguments.isEmpty()) {
      throw new UsageException("no arguments are expected");
    }
    Optional<StackState> state = home.state().filter(StackState::alive);
    state.ifPresent(running -> System.out.println(running.url()));
    return state.isPresent() ? ExitCode.OK : ExitCode.NOT_RUNNING;
  }
}
