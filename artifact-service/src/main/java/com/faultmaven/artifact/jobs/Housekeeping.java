package com.faultmaven.artifact.jobs;

import com.faultmaven.artifact.domain.CaseProjection;
import com.faultmaven.artifact.domain.FileStore;
import com.faultmaven.artifact.domain.JobSettings;
import com.faultmaven.artifact.domain.ObjectRemoval;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.repository.StoredObject;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What happens without anybody asking: files whose time has come go, objects of deleted rows go,
 * objects that never got a row go. Each step is bounded, may be repeated, and runs in one replica
 * at a time.
 */
@ApplicationScoped
public class Housekeeping {
  private static final Logger LOG = Logger.getLogger(Housekeeping.class);

  private final OneAtATime oneAtATime;
  private final FileStore files;
  private final CaseProjection cases;
  private final ObjectRemoval removal;
  private final StorageBackend storage;
  private final Transactions transactions;
  private final JobSettings settings;
  private final Clock clock;
  private final Vertx vertx;
  private final MeterRegistry metrics;
  private final List<Long> timers = new CopyOnWriteArrayList<>();

  /** Wires the bean. */
  @Inject
  public Housekeeping(
      OneAtATime oneAtATime,
      FileStore files,
      CaseProjection cases,
      ObjectRemoval removal,
      StorageBackend storage,
      Transactions transactions,
      JobSettings settings,
      Clock clock,
      Vertx vertx,
      MeterRegistry metrics) {
    this.oneAtATime = oneAtATime;
    this.files = files;
    this.cases = cases;
    this.removal = removal;
    this.storage = storage;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
    this.vertx = vertx;
    this.metrics = metrics;
  }

  void start(@Observes StartupEvent event) {
    every("expired-files", settings.expiryInterval(), this::deleteExpired);
    every("noted-objects", settings.deletionInterval(), this::deleteNotedObjects);
    every("orphaned-objects", settings.orphanInterval(), this::deleteOrphans);
  }

  /** Deletes undecided files and previews whose time has come; gives how many. */
  public Uni<Integer> deleteExpired() {
    return oneAtATime
        .run(
            "expired-files",
            () ->
                untilFewer(
                    () ->
                        transactions.inTransaction(
                            transaction ->
                                files.expire(transaction, clock.instant(), settings.batch()))))
        .call(() -> cases.forgetDeleted(clock.instant().minus(settings.deletedCasesKeep())));
  }

  /** Deletes objects whose rows were deleted; gives how many. */
  public Uni<Integer> deleteNotedObjects() {
    return oneAtATime.run("noted-objects", removal::removeNoted);
  }

  /** Looks through the bucket and deletes old objects that have no row; gives how many. */
  public Uni<Integer> deleteOrphans() {
    return oneAtATime.run("orphaned-objects", this::sweep);
  }

  private Uni<Integer> sweep() {
    return sweep("", clock.instant().minus(settings.orphanAge()), 0);
  }

  private Uni<Integer> sweep(String after, Instant before, int deletedSoFar) {
    return storage
        .list(settings.orphanPrefix(), after, settings.batch())
        .flatMap(
            page ->
                deleteOrphansOf(page, before)
                    .map(deleted -> deletedSoFar + deleted)
                    .flatMap(
                        deleted ->
                            page.size() < settings.batch()
                                ? Uni.createFrom().item(deleted)
                                : sweep(page.getLast().key(), before, deleted)));
  }

  private Uni<Integer> deleteOrphansOf(List<StoredObject> page, Instant before) {
    // A younger object may belong to an upload whose transaction is still to come.
    List<String> old =
        page.stream()
            .filter(object -> object.storedAt().isBefore(before))
            .map(StoredObject::key)
            .toList();
    return old.isEmpty()
        ? Uni.createFrom().item(0)
        : files
            .withoutRow(old)
            .flatMap(
                orphans -> removal.removeAll(List.copyOf(orphans)).replaceWith(orphans.size()));
  }

  private Uni<Integer> untilFewer(Supplier<Uni<Integer>> step) {
    return Multi.createBy()
        .repeating()
        .<Integer>uni(step::get)
        .whilst(count -> count >= settings.batch())
        .collect()
        .with(Collectors.summingInt(Integer::intValue));
  }

  void stop(@Observes ShutdownEvent event) {
    timers.forEach(vertx::cancelTimer);
  }

  private void every(String job, Duration interval, Supplier<Uni<Integer>> work) {
    AtomicBoolean running = new AtomicBoolean();
    timers.add(
        vertx.setPeriodic(
            interval.toMillis(),
            timer -> {
              if (running.compareAndSet(false, true)) {
                work.get()
                    .onTermination()
                    .invoke(() -> running.set(false))
                    .subscribe()
                    .with(
                        count ->
                            metrics.counter("faultmaven.jobs.done", "job", job).increment(count),
                        failure -> LOG.warnf("%s: tried again later: %s", job, failure.toString()));
              }
            }));
  }
}
