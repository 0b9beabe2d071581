package com.faultmaven.knowledge.events;

import com.faultmaven.common.event.ArtifactDeleted;
import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.event.EventHandlers;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.knowledge.domain.CaseFiles;
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
  public ArtifactEvents(IdempotentConsumer consumer, CaseFiles files) {
    this.consumer = consumer;
    handlers =
        EventHandlers.on(ArtifactProcessed.TYPE, ArtifactProcessed.class, files::processed)
            .and(ArtifactDeleted.TYPE, ArtifactDeleted.class, files::deleted);
  }

  /** Applies one event. */
  @Incoming("artifacts")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "knowledge-service", handlers);
  }
}
