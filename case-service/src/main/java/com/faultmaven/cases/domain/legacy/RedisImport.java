package com.faultmaven.cases.domain.legacy;

import com.faultmaven.common.job.Job;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.job.JobSchedule;
import com.faultmaven.common.repository.StorageUnavailableException;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * One import of the previous layout. It begins at the first key each time: what is there already
 * costs a read in Redis and one look into an index.
 */
final class RedisImport implements Job {
  private static final Logger LOG = Logger.getLogger(RedisImport.class);

  /** Cases in memory at once. */
  private static final int AT_ONCE = 2;

  private final LegacyConnections connections;
  private final CaseImport cases;
  private final ImportRecords records;
  private final OffLoop offLoop;
  private final ImportOptions options;

  RedisImport(
      LegacyConnections connections,
      CaseImport cases,
      ImportRecords records,
      OffLoop offLoop,
      ImportOptions options) {
    this.connections = connections;
    this.cases = cases;
    this.records = records;
    this.offLoop = offLoop;
    this.options = options;
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
  public Uni<JobReport> run(JobContext context) {
    for (String item : List.of("read", taken(), "already_there", "refused")) {
      context.count(item, 0);
    }
    LegacyStore redis = connections.open(options.url());
    return redis
        .scanAll(options.pattern())
        .onFailure(StorageUnavailableException.class)
        .transform(RedisImport::away)
        .onItem()
        .transformToUniAndConcatenate(keys -> takeAll(context, redis, keys.keys()))
        .collect()
        .last()
        .map(all -> context.report())
        .onTermination()
        .invoke(redis::close);
  }

  /** An answer of Redis; without one the table of runs is to tell it from the database. */
  private static <T> Uni<T> asked(Uni<T> answer) {
    return answer.onFailure(StorageUnavailableException.class).transform(RedisImport::away);
  }

  private static Problem away(Throwable failure) {
    LOG.warnf("An import cannot go on: %s", failure.getCause());
    return Problem.of(
        503, "legacy-redis-away", "The Redis with the previous layout does not answer.");
  }

  private String taken() {
    return options.dryRun() ? "importable" : "imported";
  }

  private Uni<Void> takeAll(JobContext context, LegacyStore redis, List<String> keys) {
    return Multi.createFrom()
        .iterable(keys)
        .filter(key -> !context.isStopping())
        .onItem()
        .transformToUni(key -> one(context, redis, key))
        .merge(AT_ONCE)
        .collect()
        .last();
  }

  private Uni<Void> one(JobContext context, LegacyStore redis, String key) {
    String owner = LegacyStore.owner(key);
    Uni<Void> work = owner.equals(key) ? take(context, redis, key) : requireOwner(redis, owner);
    return work.onFailure(LegacyCaseRefused.class)
        .recoverWithUni(
            failure -> {
              context.count("refused", 1);
              return records.refuse(context.runId(), key, ((LegacyCaseRefused) failure).flaws());
            });
  }

  private static Uni<Void> requireOwner(LegacyStore redis, String owner) {
    return asked(redis.exists(owner))
        .invoke(
            there -> {
              if (!there) {
                throw new LegacyCaseRefused("", "belongs to a case that is not there");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> take(JobContext context, LegacyStore redis, String key) {
    context.count("read", 1);
    return asked(redis.read(key))
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : offLoop
                        .run(() -> LegacyCases.read(found.get()))
                        .flatMap(read -> cases.take(read, options.dryRun()))
                        .invoke(
                            outcome ->
                                context.count(
                                    outcome == CaseImport.Outcome.IMPORTED
                                        ? taken()
                                        : "already_there",
                                    1))
                        .replaceWithVoid());
  }
}
