package com.faultmaven.common.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The framework on a real database; a runner is a replica. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class JobsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LOCKED =
      """
      SELECT l.pid, a.state FROM pg_locks l JOIN pg_stat_activity a USING (pid),
        (SELECT hashtextextended('faultmaven.job.' || $1, 0) AS key) k
      WHERE l.locktype = 'advisory' AND l.granted
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.classid::BIGINT = (k.key >> 32) & 4294967295
        AND l.objid::BIGINT = k.key & 4294967295
      """;

  @Inject JobRunTable runs;
  @Inject JobLocks locks;
  @Inject JobCatalog serviceCatalog;
  @Inject Jobs serviceJobs;
  @Inject JobAccess access;
  @Inject Transactions transactions;
  @Inject MeterRegistry metrics;
  @Inject Vertx vertx;
  @Inject Pool pool;

  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-17T12:00:00Z"));
  private final List<JobRun> audited = new CopyOnWriteArrayList<>();

  /** A clock that stands until it is moved. */
  private static final class MovableClock extends Clock {
    private volatile Instant now;

    MovableClock(Instant now) {
      this.now = now;
    }

    void move(Duration on) {
      now = now.plus(on);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private record Settings(int concurrent, Duration maxDuration, Duration handWait, int keepRuns)
      implements JobSettings {
    static Settings usual() {
      return new Settings(4, Duration.ofMinutes(1), Duration.ofSeconds(20), 100);
    }

    @Override
    public boolean scheduled() {
      return true;
    }

    @Override
    public Duration checkInterval() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Duration heartbeat() {
      return Duration.ofSeconds(2);
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofMinutes(10);
    }
  }

  private record JobUnderTest(
      String name, JobSchedule schedule, Function<JobContext, Uni<JobReport>> work) implements Job {
    @Override
    public Uni<JobReport> run(JobContext context) {
      return work.apply(context);
    }
  }

  /** A job that counts its runs and lasts until it is told to end. */
  private static final class Gate {
    private final CompletableFuture<Void> open = new CompletableFuture<>();
    private final AtomicInteger entered = new AtomicInteger();
    private volatile JobContext context = new JobContext("none", Instant.EPOCH);

    Uni<JobReport> pass(JobContext run) {
      context = run;
      entered.incrementAndGet();
      run.count("entered", 1);
      return Uni.createFrom().completionStage(open::copy).map(done -> run.report());
    }
  }

  @Test
  void isInertInAServiceWithoutJobs() {
    assertThat(serviceCatalog.all()).isEmpty();
    assertThat(got(serviceJobs.list())).isEmpty();
    assertThatThrownBy(() -> got(serviceJobs.run("anything", "u")))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
  }

  @Test
  void letsOneOfTwoReplicasRunAJob() {
    Gate gate = new Gate();
    Job job = job("PT1H", gate::pass);
    JobRunner first = runner(Settings.usual());
    JobRunner second = runner(Settings.usual());

    JobStart.Started started = started(first.start(job, JobTrigger.HAND, "ada"));
    assertThat(got(second.start(job, JobTrigger.HAND, "bob"))).isEqualTo(JobStart.Refused.RUNNING);
    assertThat(got(second.abandonLost(job.name()))).isZero();
    gate.open.complete(null);

    JobRun ended = got(started.end());
    assertThat(ended.outcome()).isEqualTo(JobOutcome.SUCCEEDED);
    assertThat(ended.requestedBy()).isEqualTo("ada");
    assertThat(ended.counts()).containsExactly(Map.entry("entered", 1L));
    assertThat(got(runs.list(job.name(), 10))).containsExactly(ended);
    assertThat(audited).containsExactly(ended);
    assertThat(locked(job)).isEmpty();
    assertThat(count("faultmaven.job.runs", job)).isEqualTo(1);
    assertThat(count("faultmaven.job.items", job)).isEqualTo(1);
    started(second.start(job, JobTrigger.HAND, "bob"));
  }

  @Test
  void runsADueJobOnceHoweverManyReplicasLookAndAgainAfterItsInterval() {
    AtomicInteger times = new AtomicInteger();
    Job job =
        job(
            "PT1H",
            context -> {
              times.incrementAndGet();
              return Uni.createFrom().item(context.report());
            });
    List<JobTimetable> replicas = List.of(timetable(job), timetable(job), timetable(job));

    for (int hour = 1; hour <= 3; hour++) {
      for (int look = 0; look < 2; look++) {
        got(
            Uni.join()
                .all(replicas.stream().map(JobTimetable::startDue).toList())
                .usingConcurrencyOf(3)
                .andFailFast());
        await().atMost(PATIENCE).until(() -> openRuns(job) == 0 && locked(job).isEmpty());
      }
      assertThat(times).hasValue(hour);
      clock.move(Duration.ofMinutes(59));
      // A restart in between.
      assertThat(got(timetable(job).startDue())).isEmpty();
      clock.move(Duration.ofMinutes(1));
    }
  }

  @Test
  void makesUpOnceForWhatWasMissed() {
    Job job = job("03:30", context -> Uni.createFrom().item(context.report()));
    run("2026-03-01T03:30:00Z", "succeeded", job);

    List<JobStart.Started> missed = got(timetable(job).startDue());
    assertThat(missed).hasSize(1);
    got(missed.getFirst().end());

    assertThat(got(timetable(job).startDue())).isEmpty();
    clock.move(Duration.ofHours(15).plusMinutes(29));
    assertThat(got(timetable(job).startDue())).isEmpty();
    clock.move(Duration.ofMinutes(1));
    assertThat(got(timetable(job).startDue())).hasSize(1);
  }

  @Test
  void endsARunWhoseConnectionDies() {
    Gate gate = new Gate();
    Job job = job("PT1H", gate::pass);
    JobStart.Started started =
        started(runner(Settings.usual()).start(job, JobTrigger.SCHEDULE, null));

    got(
        pool.preparedQuery("SELECT pg_terminate_backend($1)")
            .execute(Tuple.of(locked(job).getFirst().getInteger("pid"))));

    JobRun ended = got(started.end());
    assertThat(ended.outcome()).isEqualTo(JobOutcome.INTERRUPTED);
    assertThat(ended.error()).isEqualTo("lock-lost");
    assertThat(ended.counts()).containsEntry("entered", 1L);
    assertThat(gate.context.isStopping()).isTrue();
    assertThat(got(runs.list(job.name(), 1))).containsExactly(ended);
    // It is due again before its interval has passed.
    assertThat(got(timetable(job).startDue())).isEmpty();
    clock.move(Duration.ofMinutes(10));
    assertThat(got(timetable(job).startDue())).hasSize(1);
    gate.open.complete(null);
  }

  @Test
  void marksWhatALostReplicaLeftAndRunsItAgain() {
    AtomicInteger times = new AtomicInteger();
    Job job =
        job(
            "P1D",
            context -> {
              times.incrementAndGet();
              return Uni.createFrom().item(context.report());
            });
    run("2026-03-17T11:00:00Z", null, job);

    assertThat(got(timetable(job).startDue())).isEmpty();

    JobRun left = got(runs.list(job.name(), 1)).getFirst();
    assertThat(left.outcome()).isEqualTo(JobOutcome.INTERRUPTED);
    assertThat(left.error()).isEqualTo("replica-lost");
    assertThat(audited).extracting(JobRun::runId).contains(left.runId());
    clock.move(Duration.ofMinutes(11));
    got(got(timetable(job).startDue()).getFirst().end());
    assertThat(times).hasValue(1);
  }

  @Test
  void marksWhatALostReplicaLeftWhenSomebodyStartsItByHand() {
    Job job = job("off", context -> Uni.createFrom().item(context.report()));
    run("2026-03-17T11:00:00Z", null, job);

    got(started(runner(Settings.usual()).start(job, JobTrigger.HAND, "ada")).end());

    assertThat(got(runs.list(job.name(), 5)))
        .extracting(JobRun::outcome)
        .containsExactly(JobOutcome.SUCCEEDED, JobOutcome.INTERRUPTED);
  }

  @Test
  void showsHowFarARunIsWithoutATransactionThatLasts() {
    Gate gate = new Gate();
    Job job = job("off", gate::pass);
    JobStart.Started started = started(runner(Settings.usual()).start(job, JobTrigger.HAND, "a"));
    gate.context.count("rows", 41);
    gate.context.bytes(7);

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                got(runs.find(job.name(), started.run().runId()))
                    .orElseThrow()
                    .counts()
                    .equals(Map.of("entered", 1L, "rows", 41L)));
    assertThat(got(runs.list(job.name(), 1)).getFirst().bytes()).isEqualTo(7);
    await().atMost(PATIENCE).until(() -> "idle".equals(locked(job).getFirst().getString("state")));
    gate.open.complete(null);
    assertThat(got(started.end()).bytes()).isEqualTo(7);
  }

  @Test
  void keepsTheCountsOfAFailureAndNoneOfItsWords() {
    Job job =
        job(
            "PT1H",
            context -> {
              context.count("rows", 3);
              return Uni.createFrom().failure(new IllegalStateException("password=hunter2hunter2"));
            });

    JobRun ended = got(started(runner(Settings.usual()).start(job, JobTrigger.HAND, "a")).end());

    assertThat(ended.outcome()).isEqualTo(JobOutcome.FAILED);
    assertThat(ended.error()).isEqualTo("internal");
    assertThat(ended.counts()).containsExactly(Map.entry("rows", 3L));
  }

  @Test
  void recordsAJobThatThrowsInsteadOfFailing() {
    Job job =
        job(
            "PT1H",
            context -> {
              throw new IllegalStateException("at once");
            });

    JobRun ended = got(started(runner(Settings.usual()).start(job, JobTrigger.HAND, "a")).end());

    assertThat(ended.outcome()).isEqualTo(JobOutcome.FAILED);
    assertThat(locked(job)).isEmpty();
  }

  @Test
  void endsARunThatLastsTooLong() {
    Job job = job("PT1H", context -> Uni.createFrom().nothing());
    JobRunner runner = runner(new Settings(1, Duration.ofMillis(300), Duration.ofSeconds(20), 100));

    JobRun ended = got(started(runner.start(job, JobTrigger.HAND, "a")).end());

    assertThat(ended.outcome()).isEqualTo(JobOutcome.FAILED);
    assertThat(ended.error()).isEqualTo("timeout");
    assertThat(locked(job)).isEmpty();
  }

  @Test
  void runsNoMoreAtOnceThanItMay() {
    Gate gate = new Gate();
    JobRunner runner = runner(new Settings(1, PATIENCE, PATIENCE, 100));
    JobStart.Started started = started(runner.start(job("off", gate::pass), JobTrigger.HAND, "a"));
    Job other = job("off", context -> Uni.createFrom().item(context.report()));

    assertThat(got(runner.start(other, JobTrigger.HAND, "a"))).isEqualTo(JobStart.Refused.BUSY);

    gate.open.complete(null);
    got(started.end());
    got(started(runner.start(other, JobTrigger.HAND, "a")).end());
  }

  @Test
  void endsAfterTheBatchWhenTheServiceStops() {
    JobRunner runner = runner(Settings.usual());
    AtomicInteger batches = new AtomicInteger();
    Job endless =
        job(
            "PT1H",
            context ->
                context
                    .inBatches(
                        "rows",
                        10,
                        () ->
                            Uni.createFrom()
                                .item(10)
                                .onItem()
                                .delayIt()
                                .by(Duration.ofMillis(10))
                                .invoke(batches::incrementAndGet))
                    .map(done -> context.report()));
    JobStart.Started started = started(runner.start(endless, JobTrigger.SCHEDULE, null));
    await().atMost(PATIENCE).until(() -> batches.get() > 2);

    runner.stop(new ShutdownEvent());

    JobRun ended = got(started.end());
    assertThat(ended.outcome()).isEqualTo(JobOutcome.INTERRUPTED);
    assertThat(ended.error()).isEqualTo("stopped");
    assertThat(ended.counts()).containsEntry("rows", batches.get() * 10L);
    assertThat(got(runner.start(endless, JobTrigger.HAND, "a"))).isEqualTo(JobStart.Refused.BUSY);
  }

  @Test
  void remembersSoManyRunsAndNoMore() {
    Job job = job("off", context -> Uni.createFrom().item(context.report()));
    JobRunner runner = runner(new Settings(1, PATIENCE, PATIENCE, 3));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clock.move(Duration.ofSeconds(1));
      JobStart.Started started = started(runner.start(job, JobTrigger.HAND, "a"));
      ids.addFirst(got(started.end()).runId());
    }

    assertThat(got(runs.list(job.name(), 10)))
        .extracting(JobRun::runId)
        .containsExactlyElementsOf(ids.subList(0, 3));
  }

  @Test
  void answersAHandWithTheEndOrWithWhatRuns() {
    Gate gate = new Gate();
    Job slow = job("off", gate::pass);
    Job quick = job("off", context -> Uni.createFrom().item(context.report()));
    Settings settings = new Settings(4, PATIENCE, Duration.ofMillis(300), 100);
    Jobs jobs = jobs(settings, slow, quick);
    assertThat(got(jobs.run(quick.name(), "ada")).outcome()).isEqualTo(JobOutcome.SUCCEEDED);

    JobRun under = got(jobs.run(slow.name(), "ada"));

    assertThat(under.outcome()).isNull();
    assertThat(got(jobs.list()))
        .filteredOn(JobStatus::running)
        .extracting(JobStatus::name)
        .containsExactly(slow.name());
    assertThatThrownBy(() -> got(jobs.run(slow.name(), "bob")))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo("job-running"));
    gate.open.complete(null);
    await()
        .atMost(PATIENCE)
        .until(() -> got(jobs.find(slow.name(), under.runId())).endedAt() != null);
  }

  @Test
  void refusesNamesThatAreNotNames() {
    for (String name : List.of("", "Upper", "under_score", "-a", "a-", "a--b", "a".repeat(65))) {
      Job job = new JobUnderTest(name, JobSchedule.byHand(), context -> Uni.createFrom().nothing());
      assertThatThrownBy(() -> new JobCatalog(List.of(job))).hasMessageContaining(name);
    }
    Job twice = job("off", context -> Uni.createFrom().nothing());
    assertThatThrownBy(() -> new JobCatalog(List.of(twice, twice)))
        .hasMessageContaining("two jobs");
  }

  private static Job job(String schedule, Function<JobContext, Uni<JobReport>> work) {
    return new JobUnderTest("job-" + Ids.next(), JobSchedule.parse(schedule), work);
  }

  private JobRunner runner(JobSettings settings) {
    JobAudit audit =
        (SqlConnection transaction, JobRun run) -> {
          audited.add(run);
          return Uni.createFrom().voidItem();
        };
    return new JobRunner(runs, locks, audit, transactions, settings, metrics, vertx, clock);
  }

  private JobTimetable timetable(Job... jobs) {
    return new JobTimetable(
        new JobCatalog(List.of(jobs)),
        runner(Settings.usual()),
        runs,
        Settings.usual(),
        vertx,
        clock);
  }

  private Jobs jobs(JobSettings settings, Job... jobs) {
    return new Jobs(
        new JobCatalog(List.of(jobs)), runner(settings), runs, access, settings, vertx, clock);
  }

  private static JobStart.Started started(Uni<JobStart> start) {
    JobStart result = got(start);
    assertThat(result).isInstanceOf(JobStart.Started.class);
    return (JobStart.Started) result;
  }

  /** A run of an earlier time; without an end when there is no outcome. */
  private void run(String start, @org.jspecify.annotations.Nullable String outcome, Job job) {
    got(
        pool.preparedQuery(
                """
                INSERT INTO job_runs (run_id, job, trigger, started_at, seen_at, ended_at, outcome)
                VALUES ($1, $2, 'schedule', $3, $3,
                  CASE WHEN $4::TEXT IS NOT NULL THEN $3::TIMESTAMPTZ END, $4)
                """)
            .execute(
                Tuple.of(
                    Ids.next(),
                    job.name(),
                    Instant.parse(start).atOffset(ZoneOffset.UTC),
                    outcome)));
  }

  private List<Row> locked(Job job) {
    List<Row> rows = new ArrayList<>();
    got(pool.preparedQuery(LOCKED).execute(Tuple.of(job.name()))).forEach(rows::add);
    return rows;
  }

  private long openRuns(Job job) {
    return got(runs.list(job.name(), 100)).stream().filter(run -> run.endedAt() == null).count();
  }

  private double count(String counter, Job job) {
    return metrics
        .get(counter)
        .tag("job", job.name())
        .tag("outcome", "succeeded")
        .counter()
        .count();
  }

  private static <T> T got(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
