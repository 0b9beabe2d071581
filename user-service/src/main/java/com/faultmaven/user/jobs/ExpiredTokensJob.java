package com.faultmaven.user.jobs;

import com.faultmaven.common.job.Job;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.job.JobSchedule;
import com.faultmaven.user.domain.ExpiredRows;
import com.faultmaven.user.domain.ExpiredTokenSettings;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Removes refresh tokens, and whatever else has an end, after it. */
@ApplicationScoped
public class ExpiredTokensJob implements Job {
  private final ExpiredRows rows;
  private final int batch;
  private final JobSchedule schedule;

  /** Wires the bean. */
  @Inject
  public ExpiredTokensJob(ExpiredRows rows, ExpiredTokenSettings settings) {
    this.rows = rows;
    this.batch = Periods.batch("faultmaven.expired-tokens.batch", settings.batch());
    this.schedule = JobSchedule.parse(settings.schedule());
  }

  @Override
  public String name() {
    return "expired-tokens";
  }

  @Override
  public JobSchedule schedule() {
    return schedule;
  }

  @Override
  public Uni<JobReport> run(JobContext context) {
    return Multi.createFrom()
        .iterable(rows.kinds())
        .onItem()
        .transformToUniAndConcatenate(
            kind ->
                context.inBatches(kind, batch, () -> rows.remove(kind, context.startedAt(), batch)))
        .collect()
        .last()
        .map(removed -> context.report());
  }
}
