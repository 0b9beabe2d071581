package com.faultmaven.cases.jobs;

import com.faultmaven.cases.domain.legacy.Imports;
import com.faultmaven.common.job.Job;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.job.JobSchedule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Takes over the cases of the previous layout (specification, appendix B.1) from the Redis that the
 * settings name; by hand alone. Off as long as they name none.
 */
@ApplicationScoped
public class RedisImportJob implements Job {
  private final Imports imports;

  /** Wires the bean. */
  @Inject
  public RedisImportJob(Imports imports) {
    this.imports = imports;
  }

  @Override
  public String name() {
    return Imports.JOB;
  }

  @Override
  public JobSchedule schedule() {
    return JobSchedule.byHand();
  }

  @Override
  public boolean isEnabled() {
    return imports.configured().isPresent();
  }

  @Override
  public Uni<JobReport> run(JobContext context) {
    return imports
        .configured()
        .orElseThrow(() -> new IllegalStateException("the settings name no Redis"))
        .run(context);
  }
}
