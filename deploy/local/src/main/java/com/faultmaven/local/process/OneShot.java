package com.faultmaven.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that is run to its end while a component is prepared, its output in the log. */
public final class OneShot {
  private final List<String> command;
  private final Path directory;
  private final Path log;

  public OneShot(List<String> command, Path directory, Path log) {
    this.command = List.copyOf(command);
    this.directory = directory;
    this.log = log;
  }

  /**
   * Runs the command and waits for it.
   *
   * @param input given to its standard input, then the end of file
   * @throws ComponentException when it ends with anything but 0, or not in time
   */
  public void run(Map<String, String> environment, Path input, Duration timeout)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process =
        builder
            .directory(directory.toFile())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ComponentException(
            program() + " did not end within " + timeout.toSeconds() + " s, see " + log);
      }
    } finally {
      List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
      all.add(process.toHandle());
      all.forEach(ProcessHandle::destroyForcibly);
    }
    if (process.exitValue() != 0) {
      throw new ComponentException(
          "%s ended with %d, see %s%s"
              .formatted(program(), process.exitValue(), log, LogTail.indented(log, 8)));
    }
  }

  private String program() {
    return Path.of(command.getFirst()).getFileName().toString();
  }
}
