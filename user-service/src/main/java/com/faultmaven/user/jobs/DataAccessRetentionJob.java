package com.faultmaven.user.jobs;

import com.faultmaven.common.job.Job;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.job.JobSchedule;
import com.faultmaven.user.domain.AuditRetention;
import com.faultmaven.user.domain.AuditSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;

/** Removes old rows from the log of reads, after the same time as those of the audit log. */
@ApplicationScoped
public class DataAccessRetentionJob implements Job {
  private final AuditRetention retention;
  private final Duration keep;
  private final int batch;
  private final JobSchedule schedule;

  /** Wires the bean. */
  @Inject
  public DataAccessRetentionJob(AuditRetention retention, AuditSettings settings) {
    this.retention = retention;
    this.keep = Periods.atLeast(AuditRetention.FLOOR, "faultmaven.audit.keep", settings.keep());
    this.batch = Periods.batch("faultmaven.audit.batch", settings.batch());
    this.schedule = JobSchedule.parse(settings.schedule());
  }

  @Override
  public String name() {
    return "data-access-retention";
  }

  @Override
  public JobSchedule schedule() {
    return schedule;
  }

  @Override
  public Uni<JobReport> run(JobContext context) {
    Instant before = context.startedAt().minus(keep);
    return context
        .inBatches("deleted", batch, () -> retention.forgetDataAccess(before, batch))
        .map(deleted -> context.report());
  }
}
