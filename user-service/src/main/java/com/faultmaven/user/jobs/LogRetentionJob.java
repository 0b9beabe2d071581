package com.faultmaven.user.jobs;

import com.faultmaven.common.job.Job;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.job.JobSchedule;
import com.faultmaven.user.domain.AuditRetention;
import com.faultmaven.user.domain.AuditSettings;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;

/** Removes old rows of an append-only log (specification 7.1). */
abstract class LogRetentionJob implements Job {
  private final String name;
  private final BiFunction<Instant, Integer, Uni<Integer>> forget;
  private final Duration keep;
  private final int batch;
  private final JobSchedule schedule;

  /**
   * A job.
   *
   * @param forget removes rows from before a time, at most so many, and gives how many
   */
  LogRetentionJob(
      String name, AuditSettings settings, BiFunction<Instant, Integer, Uni<Integer>> forget) {
    this.name = name;
    this.forget = forget;
    keep = Periods.atLeast(AuditRetention.FLOOR, "faultmaven.audit.keep", settings.keep());
    batch = Periods.batch("faultmaven.audit.batch", settings.batch());
    schedule = JobSchedule.parse(settings.schedule());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public JobSchedule schedule() {
    return schedule;
  }

  @Override
  public Uni<JobReport> run(JobContext context) {
    Instant before = context.startedAt().minus(keep);
    return context
        .inBatches("deleted", batch, () -> forget.apply(before, batch))
        .map(deleted -> context.report());
  }
}
