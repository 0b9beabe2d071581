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

/**
 * Archives cases that ended long enough ago (specification 7.1), each in a transaction of its own,
 * and deletes objects whose cases are gone.
 */
@ApplicationScoped
public class ArchiveCasesJob implements Job {
  private final CaseArchive archive;
  private final ArchiveSettings settings;
  private final JobSchedule schedule;

  /** Wires the bean. */
  @Inject
  public ArchiveCasesJob(CaseArchive archive, ArchiveSettings settings) {
    this.archive = archive;
    this.settings = settings;
    Periods.atLeastADay("faultmaven.archive.resolved-after", settings.resolvedAfter());
    Periods.atLeastADay("faultmaven.archive.closed-after", settings.closedAfter());
    Periods.batch("faultmaven.archive.batch", settings.batch());
    schedule = JobSchedule.parse(settings.schedule());
  }

  @Override
  public String name() {
    return "archive-cases";
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
    Instant resolvedBefore = context.startedAt().minus(settings.resolvedAfter());
    Instant closedBefore = context.startedAt().minus(settings.closedAfter());
    return context
        .inBatches(
            "archived",
            settings.batch(),
            () ->
                archive
                    .findDue(resolvedBefore, closedBefore, settings.batch())
                    .flatMap(due -> archiveAll(context, due)))
        .chain(
            () ->
                context.inBatches(
                    "objects_deleted",
                    settings.batch(),
                    () -> archive.removeObjects(settings.batch())))
        .map(done -> context.report());
  }

  private Uni<Integer> archiveAll(JobContext context, List<String> due) {
    return Multi.createFrom()
        .iterable(due)
        .select()
        .first(caseId -> !context.isStopping())
        .onItem()
        .transformToUniAndConcatenate(
            caseId -> archive.archive(caseId).invoke(size -> size.ifPresent(context::bytes)))
        .filter(size -> size.isPresent())
        .collect()
        .asList()
        .map(List::size);
  }
}
