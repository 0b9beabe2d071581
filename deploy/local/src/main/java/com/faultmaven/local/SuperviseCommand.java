package com.faultmaven.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The supervisor itself, started by {@code up} in the background. */
final class SuperviseCommand implements Command {
  private final StackHome home;
  private final Path apps;

  SuperviseCommand(StackHome home, Path apps) {
    this.home = home;
    this.apps = apps;
  }

  @Override
  public String help() {
    return """
        usage: supervise PORT

        Runs the stack in the foreground until it is asked to end; up starts this.
        """;
  }

  @Override
  public int run(List<String> arguments) throws IOException, InterruptedException {
    if (arguments.size() != 1) {
      throw new UsageException("one port is needed");
    }
    home.prepare();
    int port = Integer.parseInt(arguments.getFirst());
    return new Supervisor(home, Apps.staged(apps), apps.toString(), port).run();
  }
}
