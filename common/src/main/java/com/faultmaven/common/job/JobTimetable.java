package com.faultmaven.common.job;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Starts jobs when they are due. Every replica looks; what {@code job_runs} says decides, so that a
 * restart or another replica does not run a job again within its interval, and a run that was
 * missed while nothing ran is made up for soon after the start.
 */
@ApplicationScoped
public class JobTimetable {
  private static final Logger LOG = Logger.getLogger(JobTimetable.class);

  private final JobCatalog catalog;
  private final JobRunner runner;
  private final JobRunTable runs;
  private final JobSettings settings;
  private final Vertx vertx;
  private final Clock clock;
  private final AtomicBoolean looking = new AtomicBoolean();

  /** Wires the bean. */
  @Inject
  public JobTimetable(
      JobCatalog catalog,
      JobRunner runner,
      JobRunTable runs,
      JobSettings settings,
      Vertx vertx,
      Clock clock) {
    this.catalog = catalog;
    this.runner = runner;
    this.runs = runs;
    this.settings = settings;
    this.vertx = vertx;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    if (!catalog.all().isEmpty() && settings.scheduled()) {
      vertx.setPeriodic(settings.checkInterval().toMillis(), timer -> look());
    }
  }

  private void look() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    startDue()
        .onTermination()
        .invoke(() -> looking.set(false))
        .subscribe()
        .with(
            started -> {}, failure -> LOG.warnf("Jobs that are due wait: %s", failure.toString()));
  }

  /**
   * Starts what is due, and marks what lost replicas have left.
   *
   * @return the runs that this replica has started; it does not wait for their ends
   */
  Uni<List<JobStart.Started>> startDue() {
    List<String> names = catalog.all().stream().map(Job::name).toList();
    return runs.last(names)
        .call(this::abandonLost)
        .flatMap(
            last -> {
              Instant now = clock.instant();
              List<Job> due = new ArrayList<>();
              for (Job job : catalog.all()) {
                JobRun run = last.get(job.name());
                if ((run == null || run.endedAt() != null) && runner.isDue(job, run, now)) {
                  due.add(job);
                }
              }
              return startAll(due);
            });
  }

  private Uni<Void> abandonLost(Map<String, JobRun> last) {
    return Multi.createFrom()
        .iterable(last.values())
        .filter(run -> run.endedAt() == null)
        .onItem()
        .transformToUniAndConcatenate(run -> runner.abandonLost(run.job()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<List<JobStart.Started>> startAll(List<Job> due) {
    return Multi.createFrom()
        .iterable(due)
        .onItem()
        .transformToUniAndConcatenate(job -> runner.start(job, JobTrigger.SCHEDULE, null))
        .filter(JobStart.Started.class::isInstance)
        .map(JobStart.Started.class::cast)
        .collect()
        .asList();
  }
}
