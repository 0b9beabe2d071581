package com.faultmaven.common.job;

import com.faultmaven.common.web.Problem;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The jobs of this service as its admins see and start them. */
@ApplicationScoped
public class Jobs {
  private static final Duration RETRY_AFTER_BUSY = Duration.ofSeconds(30);

  private final JobCatalog catalog;
  private final JobRunner runner;
  private final JobRunTable runs;
  private final JobAccess access;
  private final JobSettings settings;
  private final Vertx vertx;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Jobs(
      JobCatalog catalog,
      JobRunner runner,
      JobRunTable runs,
      JobAccess access,
      JobSettings settings,
      Vertx vertx,
      Clock clock) {
    this.catalog = catalog;
    this.runner = runner;
    this.runs = runs;
    this.access = access;
    this.settings = settings;
    this.vertx = vertx;
    this.clock = clock;
  }

  /** All jobs, by name. */
  public Uni<List<JobStatus>> list() {
    Instant now = clock.instant();
    return runs.last(catalog.all().stream().map(Job::name).toList())
        .map(
            last ->
                catalog.all().stream().map(job -> status(job, last.get(job.name()), now)).toList());
  }

  private JobStatus status(Job job, @Nullable JobRun last, Instant now) {
    Optional<Instant> next =
        job.isEnabled() && settings.scheduled()
            ? job.schedule().next(last, settings.retryAfter(), now)
            : Optional.empty();
    return new JobStatus(
        job.name(),
        job.schedule().toString(),
        job.isEnabled(),
        last != null && last.endedAt() == null,
        last,
        next.orElse(null));
  }

  /**
   * The newest runs of a job, newest first.
   *
   * @return fails with {@link Problem} 404 when there is no such job
   */
  public Uni<List<JobRun>> runs(String name, int limit) {
    return known(name).flatMap(job -> runs.list(name, limit));
  }

  /** One run of a job; fails with {@link Problem} 404. */
  public Uni<JobRun> find(String name, String runId) {
    return known(name)
        .flatMap(job -> runs.find(name, runId))
        .map(found -> found.orElseThrow(() -> Problem.notFound("run")));
  }

  /**
   * Runs a job now. It goes on when the caller does not wait.
   *
   * @param userId the admin who asks for it
   * @return the run, ended when that took no longer than {@link JobSettings#handWait}; fails with
   *     {@link Problem} 403 when the caller is no admin any more, 404, 409 {@code job-running} or
   *     {@code job-disabled}, 503 {@code jobs-busy} when this replica runs as many as it may
   */
  public Uni<JobRun> run(String name, String userId) {
    return access.require(userId).flatMap(may -> known(name)).flatMap(job -> start(job, userId));
  }

  /**
   * As {@link #run(String, String)} for a run that is told more than its name: what runs is the
   * given job, under the lock and in the history of the service's job with the same name.
   */
  public Uni<JobRun> run(Job configured, String userId) {
    return access
        .require(userId)
        .flatMap(may -> known(configured.name()))
        .flatMap(job -> start(configured, userId));
  }

  private Uni<JobRun> start(Job job, String userId) {
    Uni<JobStart> started =
        job.isEnabled()
            ? detached(runner.start(job, JobTrigger.HAND, userId))
            : Uni.createFrom()
                .failure(
                    Problem.conflict(
                        "job-disabled", "The settings of this service switch it off."));
    return started.flatMap(this::waitForEnd);
  }

  /** Runs the work outside of the request that asks for it, which may end before. */
  private <T> Uni<T> detached(Uni<T> work) {
    return Uni.createFrom()
        .emitter(
            emitter ->
                VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext())
                    .runOnContext(now -> work.subscribe().with(emitter::complete, emitter::fail)));
  }

  private Uni<JobRun> waitForEnd(JobStart start) {
    return switch (start) {
      case JobStart.Started started ->
          started
              .end()
              .ifNoItem()
              .after(settings.handWait())
              .recoverWithUni(
                  () ->
                      runs.find(started.run().job(), started.run().runId())
                          .map(found -> found.orElse(started.run())));
      case JobStart.Refused.RUNNING ->
          Uni.createFrom()
              .failure(Problem.conflict("job-running", "It runs already; see its last run."));
      case JobStart.Refused.NOT_DUE, JobStart.Refused.BUSY ->
          Uni.createFrom()
              .failure(
                  Problem.unavailable(
                      "jobs-busy",
                      "This replica runs as many jobs as it may at once.",
                      RETRY_AFTER_BUSY));
    };
  }

  private Uni<Job> known(String name) {
    return Uni.createFrom()
        .item(() -> catalog.find(name).orElseThrow(() -> Problem.notFound("job")));
  }
}
