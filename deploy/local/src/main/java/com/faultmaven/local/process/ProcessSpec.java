package com.faultmaven.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What to run and how to know that it works.
 *
 * @param command the program and its arguments
 * @param environment variables added to those of this process
 * @param directory where it runs
 * @param readiness asked until it says yes
 * @param startTimeout how long it may take until then
 * @param stopSignal the signal that asks it to stop, e.g. {@code TERM}
 * @param stopTimeout how long it may take to stop before it is killed
 */
public record ProcessSpec(
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Readiness readiness,
    Duration startTimeout,
    String stopSignal,
    Duration stopTimeout) {

  public ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** A process that gets 60 seconds to start and, after a TERM, 20 seconds to stop. */
  public ProcessSpec(
      List<String> command, Map<String, String> environment, Path directory, Readiness readiness) {
    this(
        command,
        environment,
        directory,
        readiness,
        Duration.ofSeconds(60),
        "TERM",
        Duration.ofSeconds(20));
  }

  /** The same, stopped by another signal. */
  public ProcessSpec stoppedBy(String signal) {
    return new ProcessSpec(
        command, environment, directory, readiness, startTimeout, signal, stopTimeout);
  }

  /** The same with more or less time to start. */
  public ProcessSpec startingWithin(Duration timeout) {
    return new ProcessSpec(
        command, environment, directory, readiness, timeout, stopSignal, stopTimeout);
  }
}
