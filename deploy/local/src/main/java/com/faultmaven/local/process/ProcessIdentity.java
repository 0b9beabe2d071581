package com.faultmaven.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that is recognised later: numbers are used again, so its start time belongs to it.
 *
 * @param pid its number
 * @param started when it began, as the operating system tells it
 */
public record ProcessIdentity(long pid, Instant started) {
  /** The system's clock may have been set meanwhile. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** This process. */
  public static ProcessIdentity self() {
    ProcessHandle self = ProcessHandle.current();
    return new ProcessIdentity(self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
  }

  /** The process, when it still runs. */
  public Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid)
        .filter(StopSignal::alive)
        .filter(
            process ->
                process
                    .info()
                    .startInstant()
                    .map(start -> Duration.between(start, started).abs().compareTo(TOLERANCE) < 0)
                    .orElse(false));
  }
}
