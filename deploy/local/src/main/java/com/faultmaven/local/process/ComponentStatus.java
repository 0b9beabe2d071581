package com.faultmaven.local.process;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A component at one moment.
 *
 * @param pid its process, 0 when it has none
 * @param started when that process began, as the operating system tells it
 * @param port the loopback port that it serves
 * @param restarts how often it was started again after it died
 * @param seconds how long the last start took, or has been taking
 * @param detail why it is in this state, when that needs words
 */
public record ComponentStatus(
    String name,
    State state,
    long pid,
    @Nullable Instant started,
    int port,
    int restarts,
    double seconds,
    @Nullable String detail,
    Path log) {

  /** The life of a component. */
  public enum State {
    /** Its turn has not come. */
    WAITING,
    /** Its files are being unpacked or created. */
    PREPARING,
    /** Its process runs and does not serve yet. */
    STARTING,
    READY,
    /** It served, still runs, and does not answer as healthy any more. */
    UNHEALTHY,
    /** It died and will be started again. */
    RESTARTING,
    /** It could not be started, or died too often; nothing is tried any more. */
    FAILED,
    STOPPED,
    /** It cannot run on this machine and the stack does without it. */
    ABSENT;

    /** Whether the stack is complete as far as this component is concerned. */
    public boolean settled() {
      return this == READY || this == ABSENT;
    }
  }
}
