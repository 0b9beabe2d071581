package com.faultmaven.common.job;

import io.smallrye.mutiny.Uni;

/** What has come of the wish to run a job. */
sealed interface JobStart {
  /**
   * It runs.
   *
   * @param run as it began
   * @param end gives the run as it ended, also when it failed; subscribing or not changes nothing
   */
  record Started(JobRun run, Uni<JobRun> end) implements JobStart {}

  /** Why it does not run. */
  enum Refused implements JobStart {
    /** A replica runs it already. */
    RUNNING,
    /** Another replica has run it since it was due. */
    NOT_DUE,
    /** This replica runs as many jobs as it may, or is about to stop. */
    BUSY
  }
}
