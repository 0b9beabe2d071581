package com.faultmaven.knowledge.domain.embedding;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Runs what keeps a processor busy: embedding, chunking, redaction. Callers and the index have
 * threads and queues of their own, so that a question never waits for a large document.
 */
@ApplicationScoped
public class WorkLanes {
  private final BoundedLane interactive;
  private final BoundedLane bulk;

  /** Wires the bean. */
  @Inject
  public WorkLanes(EmbeddingSettings settings, MeterRegistry metrics) {
    interactive = new BoundedLane("embed", settings.threads(), settings.queue());
    bulk = new BoundedLane("embed-bulk", settings.bulkThreads(), settings.bulkQueue());
    for (Lane lane : Lane.values()) {
      Gauge.builder("faultmaven.embedding.waiting", of(lane), BoundedLane::waiting)
          .tag("lane", lane.name().toLowerCase(Locale.ROOT))
          .register(metrics);
    }
  }

  void stop(@Observes ShutdownEvent stopping) {
    interactive.close();
    bulk.close();
  }

  /**
   * Runs the work; the item comes on the Vert.x context that subscribed.
   *
   * @return fails as the work does, or with {@link com.faultmaven.common.web.Problem} 503 when the
   *     lane's queue is full
   */
  public <T> Uni<T> run(Lane lane, Callable<T> work) {
    return of(lane).run(work);
  }

  private BoundedLane of(Lane lane) {
    return lane == Lane.INTERACTIVE ? interactive : bulk;
  }
}
