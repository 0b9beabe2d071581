package com.faultmaven.cases.events;

import com.faultmaven.cases.domain.CaseCache;
import com.faultmaven.cases.domain.FileFindings;
import com.faultmaven.common.event.ArtifactDeleted;
import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.event.EventHandlers;
import com.faultmaven.common.event.IdempotentConsumer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What artifact-service says of files. */
@ApplicationScoped
public class ArtifactEvents {
  private final IdempotentConsumer consumer;
  private final EventHandlers handlers;

  /** Wires the bean. */
  @Inject
  public ArtifactEvents(IdempotentConsumer consumer, FileFindings findings, CaseCache cache) {
    this.consumer = consumer;
    handlers =
        EventHandlers.on(ArtifactProcessed.TYPE, ArtifactProcessed.class, findings::take)
            .and(ArtifactDeleted.TYPE, ArtifactDeleted.class, findings::remove)
            .thenAlways(
                ArtifactProcessed.TYPE,
                ArtifactProcessed.class,
                file -> cache.invalidate(file.caseId()))
            .thenAlways(
                ArtifactDeleted.TYPE,
                ArtifactDeleted.class,
                file -> cache.invalidate(file.caseId()));
  }

  /** Applies one event. */
  @Incoming("artifacts")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "case-service", handlers);
  }
}
