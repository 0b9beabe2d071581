package com.faultmaven.user.jobs;

import com.faultmaven.common.job.Job;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.job.JobSchedule;
import com.faultmaven.user.domain.privacy.Erasures;
import com.faultmaven.user.domain.privacy.PrivacySettings;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Begins the erasure of accounts that were deleted long enough ago, and asks services again that
 * have not answered one (decisions, section 9). Each in a transaction of its own.
 */
@ApplicationScoped
public class UserErasureJob implements Job {
  private static final Duration SHORTEST_GRACE = Duration.ofDays(1);
  private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(1);

  private final Erasures erasures;
  private final Duration eraseAfter;
  private final Duration repeatAfter;
  private final int batch;
  private final JobSchedule schedule;

  /** Wires the bean. */
  @Inject
  public UserErasureJob(Erasures erasures, PrivacySettings settings) {
    this.erasures = erasures;
    eraseAfter =
        Periods.atLeast(SHORTEST_GRACE, "faultmaven.user-data.erase-after", settings.eraseAfter());
    repeatAfter =
        Periods.atLeast(
            SHORTEST_PATIENCE, "faultmaven.user-data.repeat-after", settings.repeatAfter());
    batch = Periods.batch("faultmaven.user-data.batch", settings.batch());
    schedule = JobSchedule.parse(settings.schedule());
  }

  @Override
  public String name() {
    return "user-erasure";
  }

  @Override
  public JobSchedule schedule() {
    return schedule;
  }

  @Override
  public Uni<JobReport> run(JobContext context) {
    Instant deletedBefore = context.startedAt().minus(eraseAfter);
    Instant publishedBefore = context.startedAt().minus(repeatAfter);
    return context
        .inBatches(
            "begun",
            batch,
            () ->
                each(
                    context,
                    erasures.findDue(deletedBefore, batch),
                    userId -> erasures.beginDue(userId, deletedBefore)))
        .chain(
            () ->
                context.inBatches(
                    "repeated",
                    batch,
                    () ->
                        each(
                            context,
                            erasures.findLate(publishedBefore, batch),
                            erasureId -> erasures.repeat(erasureId, publishedBefore))))
        .map(done -> context.report());
  }

  private static Uni<Integer> each(
      JobContext context, Uni<List<String>> ids, Function<String, Uni<Boolean>> work) {
    return ids.onItem()
        .transformToMulti(found -> Multi.createFrom().iterable(found))
        .select()
        .first(id -> !context.isStopping())
        .onItem()
        .transformToUniAndConcatenate(work::apply)
        .filter(done -> done)
        .collect()
        .asList()
        .map(List::size);
  }
}
