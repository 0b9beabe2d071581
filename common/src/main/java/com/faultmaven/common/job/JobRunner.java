package com.faultmaven.common.job;

import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs, each under its lock ({@link JobLocks}) and with its row in {@code job_runs}. While a
 * run lasts, the connection that has the lock says at each heartbeat that it is alive; when it is
 * lost, the run ends, since another replica may begin one. A row without an end whose lock is free
 * belongs to a replica that died: it is marked as interrupted.
 */
@ApplicationScoped
public class JobRunner {
  private static final Logger LOG = Logger.getLogger(JobRunner.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration LAST_BACKOFF = Duration.ofSeconds(5);
  private static final int END_ATTEMPTS = 8;

  /** A database that is slow for a moment does not end a run. */
  private static final int PATIENCE_IN_HEARTBEATS = 3;

  private final JobRunTable runs;
  private final JobLocks locks;
  private final JobAudit audit;
  private final Transactions transactions;
  private final JobSettings settings;
  private final MeterRegistry metrics;
  private final Vertx vertx;
  private final Clock clock;
  private final Semaphore slots;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  /** Wires the bean. */
  @Inject
  public JobRunner(
      JobRunTable runs,
      JobLocks locks,
      JobAudit audit,
      Transactions transactions,
      JobSettings settings,
      MeterRegistry metrics,
      Vertx vertx,
      Clock clock) {
    this.runs = runs;
    this.locks = locks;
    this.audit = audit;
    this.transactions = transactions;
    this.settings = settings;
    this.metrics = metrics;
    this.vertx = vertx;
    this.clock = clock;
    this.slots = new Semaphore(settings.concurrent());
    if (settings.concurrent() < 1 || settings.keepRuns() < 1) {
      throw new IllegalStateException(
          "faultmaven.jobs.concurrent and .keep-runs must be 1 or more");
    }
  }

  private record Running(JobContext context, Uni<JobRun> end) {}

  /** Lets runs end after their batch, and waits for that a little. */
  void stop(@Observes ShutdownEvent event) {
    stopping = true;
    List<Uni<JobRun>> ends = new ArrayList<>();
    for (Running run : running.values()) {
      run.context.stop();
      ends.add(run.end);
    }
    if (!ends.isEmpty()) {
      Uni.join()
          .all(ends)
          .andCollectFailures()
          .replaceWithVoid()
          .ifNoItem()
          .after(STOP_TIMEOUT)
          .recoverWithItem(() -> null)
          .await()
          .indefinitely();
    }
  }

  /**
   * Starts a job.
   *
   * @param requestedBy who asks for it; null for the clock, which starts it only when it is due
   */
  Uni<JobStart> start(Job job, JobTrigger trigger, @Nullable String requestedBy) {
    if (stopping || !slots.tryAcquire()) {
      return Uni.createFrom().item(JobStart.Refused.BUSY);
    }
    return Uni.createFrom()
        .deferred(() -> locks.take(job.name()))
        .flatMap(
            lock ->
                lock.isPresent()
                    ? begin(lock.get(), job, trigger, requestedBy)
                    : Uni.createFrom().<JobStart>item(JobStart.Refused.RUNNING))
        .onItemOrFailure()
        .invoke(
            (start, failure) -> {
              if (!(start instanceof JobStart.Started)) {
                slots.release();
              }
            });
  }

  /** Ends the rows that lost replicas have left, unless somebody has the job's lock. */
  Uni<Integer> abandonLost(String job) {
    return abandon(job, false);
  }

  private Uni<Integer> abandon(String job, boolean locked) {
    return transactions
        .inTransaction(
            tx ->
                runs.abandon(tx, job, locked, clock.instant())
                    .call(left -> inOrder(left, run -> audit.ended(tx, run))))
        .invoke(left -> left.forEach(this::measure))
        .map(List::size);
  }

  private static Uni<Void> inOrder(
      List<JobRun> left, java.util.function.Function<JobRun, Uni<Void>> work) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (JobRun run : left) {
      all = all.flatMap(done -> work.apply(run));
    }
    return all;
  }

  private Uni<JobStart> begin(
      JobLock lock, Job job, JobTrigger trigger, @Nullable String requestedBy) {
    return abandon(job.name(), true)
        .flatMap(left -> runs.last(List.of(job.name())))
        .flatMap(
            last -> {
              Instant now = clock.instant();
              if (trigger == JobTrigger.SCHEDULE && !isDue(job, last.get(job.name()), now)) {
                return lock.release().<JobStart>replaceWith(JobStart.Refused.NOT_DUE);
              }
              JobRun run = JobRun.begin(job, trigger, requestedBy, now);
              return runs.begin(run).map(begun -> (JobStart) launch(lock, job, run));
            })
        .onFailure()
        .call(lock::release);
  }

  /** Whether a job's time has come. */
  boolean isDue(Job job, @Nullable JobRun last, Instant now) {
    return job.isEnabled()
        && job.schedule()
            .next(last, settings.retryAfter(), now)
            .filter(due -> !due.isAfter(now))
            .isPresent();
  }

  private JobStart.Started launch(JobLock lock, Job job, JobRun run) {
    JobContext context = new JobContext(run.runId(), run.startedAt());
    long heartbeat =
        vertx.setPeriodic(
            settings.heartbeat().toMillis(),
            timer ->
                lock.prove(
                    settings.heartbeat().multipliedBy(PATIENCE_IN_HEARTBEATS),
                    connection ->
                        runs.seen(connection, run.runId(), context.report(), clock.instant())));
    Uni<JobRun> end =
        work(lock, job, context)
            .onItemOrFailure()
            .transformToUni((report, failure) -> finish(run, context, report, failure))
            .eventually(
                () -> {
                  vertx.cancelTimer(heartbeat);
                  running.remove(run.runId());
                  slots.release();
                })
            .eventually(lock::release)
            .memoize()
            .indefinitely();
    running.put(run.runId(), new Running(context, end));
    if (stopping) {
      context.stop();
    }
    LOG.infof("Job %s begins, run %s", job.name(), run.runId());
    end.subscribe()
        .with(ended -> {}, failure -> LOG.errorf(failure, "Run %s has no proper end", run.runId()));
    return new JobStart.Started(run, end);
  }

  private Uni<JobReport> work(JobLock lock, Job job, JobContext context) {
    return Uni.combine()
        .any()
        .of(Uni.createFrom().deferred(() -> job.run(context)), lock.lost())
        .ifNoItem()
        .after(settings.maxDuration())
        .fail()
        .onFailure()
        .invoke(context::stop);
  }

  private Uni<JobRun> finish(
      JobRun run, JobContext context, @Nullable JobReport report, @Nullable Throwable failure) {
    JobReport done = report == null ? context.report() : report;
    boolean cut = failure instanceof JobLockLostException;
    JobOutcome outcome =
        cut || (failure == null && context.isStopping())
            ? JobOutcome.INTERRUPTED
            : failure == null ? JobOutcome.SUCCEEDED : JobOutcome.FAILED;
    String error = failure == null ? (context.isStopping() ? "stopped" : null) : code(failure);
    JobRun ended = run.end(outcome, done, error, clock.instant());
    log(ended, failure);
    measure(ended);
    return transactions
        .inTransaction(tx -> writeEnd(tx, ended))
        .onFailure()
        .retry()
        .withBackOff(FIRST_BACKOFF, LAST_BACKOFF)
        .atMost(END_ATTEMPTS)
        .flatMap(written -> forgetOld(run.job()))
        .replaceWith(ended);
  }

  /** The history of a job is cut at each run, so that one failure to do so is made up for. */
  private Uni<Void> forgetOld(String job) {
    return runs.forget(job, settings.keepRuns())
        .onFailure()
        .invoke(failure -> LOG.warnf("Old runs of %s stay: %s", job, failure.toString()))
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Void> writeEnd(SqlConnection tx, JobRun ended) {
    return runs.end(tx, ended)
        .flatMap(first -> first ? audit.ended(tx, ended) : Uni.createFrom().voidItem());
  }

  private static void log(JobRun ended, @Nullable Throwable failure) {
    if (failure == null) {
      LOG.infof("Job %s %s: %s", ended.job(), ended.outcome(), ended.counts());
    } else if (ended.outcome() == JobOutcome.INTERRUPTED) {
      LOG.warnf("Job %s was interrupted: %s", ended.job(), failure.getMessage());
    } else {
      LOG.errorf(failure, "Job %s has failed, run %s", ended.job(), ended.runId());
    }
  }

  /** A word for a failure, without anything that it may quote. */
  private static String code(Throwable failure) {
    if (failure instanceof JobLockLostException) {
      return "lock-lost";
    }
    if (failure instanceof Problem problem) {
      return problem.code();
    }
    if (failure instanceof io.smallrye.mutiny.TimeoutException
        || failure instanceof TimeoutException) {
      return "timeout";
    }
    if (DatabaseFailures.isTransient(failure)) {
      return "database-away";
    }
    return failure instanceof PgException error ? "database-" + error.getSqlState() : "internal";
  }

  private void measure(JobRun ended) {
    JobOutcome outcome = ended.outcome();
    Instant end = ended.endedAt();
    if (outcome == null || end == null) {
      return;
    }
    String how = outcome.wireName();
    metrics.counter("faultmaven.job.runs", "job", ended.job(), "outcome", how).increment();
    metrics
        .timer("faultmaven.job.duration", "job", ended.job(), "outcome", how)
        .record(Duration.between(ended.startedAt(), end));
    ended
        .counts()
        .forEach(
            (item, count) ->
                metrics
                    .counter(
                        "faultmaven.job.items", "job", ended.job(), "outcome", how, "item", item)
                    .increment(count));
    metrics.counter("faultmaven.job.bytes", "job", ended.job()).increment(ended.bytes());
  }
}
