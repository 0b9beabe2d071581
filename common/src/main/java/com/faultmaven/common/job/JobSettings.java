package com.faultmaven.common.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How jobs run; the keys begin with {@code faultmaven.jobs}. */
@ConfigMapping(prefix = "faultmaven.jobs")
public interface JobSettings {
  /** Whether this replica starts jobs by the clock; by hand they start in any case. */
  @WithDefault("true")
  boolean scheduled();

  /** How often a replica looks for jobs that are due. */
  @WithDefault("PT15S")
  Duration checkInterval();

  /** Most runs at once in one replica; each has a connection of its own beside the pool. */
  @WithDefault("2")
  int concurrent();

  /**
   * How often a run says that it is alive, and makes sure that it still has the lock; without an
   * answer for three times as long it ends.
   */
  @WithDefault("PT10S")
  Duration heartbeat();

  /** Longest run; then it has failed. */
  @WithDefault("PT6H")
  Duration maxDuration();

  /** How soon after a run that did not succeed the next one is due. */
  @WithDefault("PT10M")
  Duration retryAfter();

  /** How long a request that starts a job waits for its end before it is answered 202. */
  @WithDefault("PT5S")
  Duration handWait();

  /** Runs of each job that are remembered. */
  @WithDefault("100")
  int keepRuns();
}
