package com.faultmaven.session.jobs;

import com.faultmaven.session.domain.SessionEnding;
import com.faultmaven.session.domain.SessionSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Finishes what a crash has interrupted: sessions that have stopped living are archived, announced
 * and leave Redis. Several replicas may do it at once, since ending twice is ending once.
 */
@ApplicationScoped
public class EndedSessionRemoval {
  private static final Logger LOG = Logger.getLogger(EndedSessionRemoval.class);

  private final SessionEnding ending;
  private final SessionSettings settings;
  private final Vertx vertx;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile boolean stopped;

  /** Wires the bean. */
  @Inject
  public EndedSessionRemoval(SessionEnding ending, SessionSettings settings, Vertx vertx) {
    this.ending = ending;
    this.settings = settings;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(0, settings.removalInterval().toMillis(), timer -> run());
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  private void run() {
    if (stopped || !running.compareAndSet(false, true)) {
      return;
    }
    ending
        .finish()
        .onTermination()
        .invoke(() -> running.set(false))
        .subscribe()
        .with(
            archived -> {
              if (archived > 0) {
                LOG.infof("Archived %d ended sessions", archived);
              }
            },
            failure -> LOG.warnf("Ended sessions are not archived yet: %s", failure));
  }
}
