package com.faultmaven.knowledge.jobs;

import com.faultmaven.knowledge.domain.DocumentsWaiting;
import com.faultmaven.knowledge.domain.IndexTask;
import com.faultmaven.knowledge.domain.Indexing;
import com.faultmaven.knowledge.domain.KnowledgeSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Indexes what waits, a few documents at a time. Looks when it is told and every few seconds, so
 * that what a crashed process has left is picked up. Any number of replicas may run it.
 */
@ApplicationScoped
public class IndexingJob {
  private static final Logger LOG = Logger.getLogger(IndexingJob.class);

  private final Indexing indexing;
  private final KnowledgeSettings settings;
  private final Context context;
  private final Vertx vertx;

  // Touched on the one context alone.
  private int running;
  private boolean claiming;
  private boolean askedAgain;
  private boolean stopped;

  /** Wires the bean. */
  @Inject
  public IndexingJob(Indexing indexing, KnowledgeSettings settings, Vertx vertx) {
    this.indexing = indexing;
    this.settings = settings;
    this.vertx = vertx;
    context = vertx.getOrCreateContext();
  }

  void start(@Observes StartupEvent started) {
    vertx.setPeriodic(0, settings.indexingInterval().toMillis(), timer -> wake());
  }

  void stop(@Observes ShutdownEvent stopping) {
    context.runOnContext(ignored -> stopped = true);
  }

  void waiting(@Observes DocumentsWaiting said) {
    wake();
  }

  private void wake() {
    context.runOnContext(ignored -> claim());
  }

  private void claim() {
    int free = settings.indexingConcurrency() - running;
    if (stopped || free <= 0) {
      return;
    }
    if (claiming) {
      askedAgain = true;
      return;
    }
    claiming = true;
    onContext(indexing.claim(free))
        .subscribe()
        .with(
            tasks -> claimed(tasks, tasks.size() == free),
            failure -> {
              LOG.warnf("Documents wait, the database is away: %s", failure.toString());
              claimed(List.of(), false);
            });
  }

  private void claimed(List<IndexTask> tasks, boolean maybeMore) {
    claiming = false;
    tasks.forEach(this::run);
    if (askedAgain || maybeMore) {
      askedAgain = false;
      claim();
    }
  }

  private void run(IndexTask task) {
    running++;
    onContext(indexing.run(task))
        .subscribe()
        .with(
            done -> finished(),
            failure -> {
              // Its time runs out, and then somebody takes it over.
              LOG.warnf(
                  "The end of indexing %s cannot be recorded: %s",
                  task.documentId(), failure.toString());
              finished();
            });
  }

  private void finished() {
    running--;
    claim();
  }

  private <T> Uni<T> onContext(Uni<T> work) {
    return work.emitOn(command -> context.runOnContext(ignored -> command.run()));
  }
}
