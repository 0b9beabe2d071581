package com.faultmaven.cases.jobs;

import com.faultmaven.cases.domain.ArchiveSettings;
import com.faultmaven.cases.domain.CaseArchive;
import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.job.Job;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.job.JobSchedule;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Deletes objects whose cases are gone, and archives cases that ended long enough ago
 * (specification 7.1), each in a transaction of its own.
 */
@ApplicationScoped
public class ArchiveCasesJob implements Job {
  private static final Logger LOG = Logger.getLogger(ArchiveCasesJob.class);

  /** So many that are left where they are, and the run ends as failed. */
  private static final int MOST_LEFT = 1000;

  /** So many of these for another reason than their size. */
  private static final int MOST_FAILED = 10;

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
    for (String counted : List.of("archived", "too_large", "failed")) {
      context.count(counted, 0);
    }
    Set<String> left = ConcurrentHashMap.newKeySet();
    return context
        .inBatches(
            "objects_deleted", settings.batch(), () -> archive.removeObjects(settings.batch()))
        .chain(
            () ->
                context.inBatches(
                    "due",
                    settings.batch(),
                    () ->
                        archive
                            .findDue(resolvedBefore, closedBefore, left, settings.batch())
                            .flatMap(due -> archiveAll(context, due, left))))
        .map(done -> context.report())
        .invoke(
            report -> {
              if (failed(context) > 0 || left.size() >= MOST_LEFT) {
                throw new IllegalStateException("not every case that is due could be archived");
              }
            });
  }

  private static long failed(JobContext context) {
    return context.report().counts().getOrDefault("failed", 0L);
  }

  /**
   * One case that cannot be archived keeps no other one from it; a store that is away does, or one
   * that refuses whatever comes.
   */
  private Uni<Integer> archiveAll(JobContext context, List<String> due, Set<String> left) {
    return Multi.createFrom()
        .iterable(due)
        .select()
        .first(caseId -> !context.isStopping() && failed(context) < MOST_FAILED)
        .onItem()
        .transformToUniAndConcatenate(
            caseId ->
                archive
                    .archive(caseId)
                    .invoke(size -> count(context, size))
                    .onFailure(failure -> !DatabaseFailures.isTransient(failure))
                    .recoverWithItem(
                        failure -> {
                          leave(context, caseId, failure, left);
                          return Optional.empty();
                        }))
        .collect()
        .asList()
        .map(all -> left.size() < MOST_LEFT ? all.size() : 0);
  }

  private static void count(JobContext context, Optional<Long> size) {
    context.count("archived", size.isPresent() ? 1 : 0);
    size.ifPresent(context::bytes);
  }

  private static void leave(
      JobContext context, String caseId, Throwable failure, Set<String> left) {
    left.add(caseId);
    if (failure instanceof Problem problem && problem.code().equals("case-too-large")) {
      context.count("too_large", 1);
      LOG.warnf("Case %s stays in the database: %s", caseId, problem.getMessage());
    } else {
      context.count("failed", 1);
      LOG.errorf(failure, "Case %s cannot be archived", caseId);
    }
  }
}
