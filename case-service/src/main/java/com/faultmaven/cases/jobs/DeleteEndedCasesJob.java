package com.faultmaven.cases.jobs;

import com.faultmaven.cases.domain.ArchiveSettings;
import com.faultmaven.cases.domain.CaseArchive;
import com.faultmaven.common.job.Job;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.job.JobSchedule;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** Deletes cases for good that ended a year ago, or as the setting says (specification 7.1). */
@ApplicationScoped
public class DeleteEndedCasesJob implements Job {
  private final CaseArchive archive;
  private final ArchiveSettings settings;
  private final JobSchedule schedule;

  /** Wires the bean. */
  @Inject
  public DeleteEndedCasesJob(CaseArchive archive, ArchiveSettings settings) {
    this.archive = archive;
    this.settings = settings;
    Periods.atLeastADay("faultmaven.archive.delete-after", settings.deleteAfter());
    Periods.batch("faultmaven.archive.batch", settings.batch());
    schedule = JobSchedule.parse(settings.deleteSchedule());
  }

  @Override
  public String name() {
    return "delete-ended-cases";
  }

  @Override
  public JobSchedule schedule() {
    return schedule;
  }

  @Override
  public boolean isEnabled() {
    return settings.enabled();
  }

  @Override
  public Uni<JobReport> run(JobContext context) {
    Instant before = context.startedAt().minus(settings.deleteAfter());
    return context
        .inBatches("deleted", settings.batch(), () -> deleteNext(context, before))
        .map(done -> context.report());
  }

  private Uni<Integer> deleteNext(JobContext context, Instant before) {
    return archive
        .findEnded(before, settings.batch())
        .onItem()
        .transformToMulti(ended -> Multi.createFrom().iterable(ended))
        .select()
        .first(ended -> !context.isStopping())
        .onItem()
        .transformToUniAndConcatenate(archive::delete)
        .filter(deleted -> deleted)
        .collect()
        .asList()
        .map(List::size);
  }
}
