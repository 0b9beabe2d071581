package com.faultmaven.common.job;

import io.smallrye.mutiny.Uni;

/**
 * Work that a service does by the clock or when an admin asks for it (decisions, section 8). Every
 * bean of this type is found by {@link JobCatalog}; a service without one has no timers, no
 * connections and no table for jobs.
 *
 * <p>Any number of replicas run a job once at a time. A run may end at any moment, also by the
 * death of its replica, and the next one begins from the start: a job is idempotent and commits
 * what it has done batch by batch.
 */
public interface Job {
  /** Its name in kebab-case, at most 64 characters: in paths, metrics and the table of runs. */
  String name();

  /** When it runs without being asked. */
  JobSchedule schedule();

  /** Whether the settings let it run at all, be it by hand. */
  default boolean isEnabled() {
    return true;
  }

  /**
   * Does the work, in batches ({@link JobContext#inBatches}) that each take a connection only as
   * long as they need it.
   *
   * @return what was done, as a rule {@link JobContext#report()}
   */
  Uni<JobReport> run(JobContext context);
}
