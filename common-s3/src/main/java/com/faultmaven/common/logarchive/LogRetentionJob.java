package com.faultmaven.common.logarchive;

import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.job.Job;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.job.JobSchedule;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an append-only log as specification 7.1 says: rows of 90 days go to the bucket, rows of two
 * years go for good, wherever they are, and objects lose the traces of users who were erased.
 */
public abstract class LogRetentionJob implements Job {
  private static final Logger LOG = Logger.getLogger(LogRetentionJob.class);

  /** The shortest time for which rows stay in the database, which refuses anything less. */
  private static final Duration FLOOR = Duration.ofDays(90);

  private static final int MAX_BATCH = 10_000;
  private static final int OBJECTS = 100;

  private final String name;
  private final ArchivedLog log;
  private final LogArchive archive;
  private final AuditSettings settings;
  private final JobSchedule schedule;

  /**
   * A job.
   *
   * @throws IllegalStateException when a setting is out of its range
   */
  protected LogRetentionJob(
      String name, ArchivedLog log, LogArchive archive, AuditSettings settings) {
    this.name = name;
    this.log = log;
    this.archive = archive;
    this.settings = settings;
    schedule = JobSchedule.parse(settings.schedule());
    atLeast(FLOOR, "faultmaven.audit.archive-after", settings.archiveAfter());
    atLeast(settings.archiveAfter(), "faultmaven.audit.keep", settings.keep());
    if (settings.batch() < 1 || settings.batch() > MAX_BATCH) {
      throw new IllegalStateException(
          "faultmaven.audit.batch must be from 1 to %d, not %d"
              .formatted(MAX_BATCH, settings.batch()));
    }
  }

  private static void atLeast(Duration least, String key, Duration period) {
    if (period.compareTo(least) < 0) {
      throw new IllegalStateException(key + " must be at least " + least + ", not " + period);
    }
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
    Instant kept = context.startedAt().minus(settings.keep());
    Instant fresh = context.startedAt().minus(settings.archiveAfter());
    int batch = settings.batch();
    context.count("rows_archived", 0);
    return context
        .inBatches("rows_deleted", batch, () -> archive.forgetRows(log, kept, batch))
        .chain(() -> archive.expire(log, kept))
        .invoke(expired -> context.count("objects_expired", expired))
        .chain(() -> eraseAll(context))
        // First, so that nothing keeps what was erased in the bucket.
        .chain(
            () ->
                context.inBatches(
                    "objects_deleted", OBJECTS, () -> archive.removeObjects(log, OBJECTS)))
        .chain(() -> context.inBatches("objects_written", 1, () -> moveNext(context, fresh, batch)))
        .map(done -> context.report())
        .invoke(
            report -> {
              if (report.counts().getOrDefault("failed", 0L) > 0) {
                throw new IllegalStateException("not every object could be rid of erased users");
              }
            });
  }

  private Uni<Long> eraseAll(JobContext context) {
    AtomicReference<@Nullable String> last = new AtomicReference<>();
    context.count("failed", 0);
    return context.inBatches(
        "objects_to_erase",
        OBJECTS,
        () ->
            archive
                .findToErase(log, last.get(), OBJECTS)
                .call(keys -> eraseAll(context, keys))
                .map(
                    keys -> {
                      last.set(keys.isEmpty() ? null : keys.getLast());
                      return keys.size();
                    }));
  }

  /** An object that cannot be read keeps no other one as it is; a store that is away does. */
  private Uni<Void> eraseAll(JobContext context, List<String> keys) {
    return Multi.createFrom()
        .iterable(keys)
        .select()
        .first(key -> !context.isStopping())
        .onItem()
        .transformToUniAndConcatenate(
            key ->
                archive
                    .erase(log, key)
                    .onFailure(failure -> !DatabaseFailures.isTransient(failure))
                    .recoverWithUni(
                        failure -> {
                          context.count("failed", 1);
                          LOG.errorf(failure, "%s still holds traces of erased users", key);
                          return Uni.createFrom().voidItem();
                        }))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Integer> moveNext(JobContext context, Instant before, int batch) {
    return archive
        .moveNext(log, before, batch)
        .map(
            moved -> {
              context.count("rows_archived", moved.rows());
              context.bytes(moved.bytes());
              return moved.rows() > 0 ? 1 : 0;
            });
  }
}
