package com.faultmaven.knowledge.events;

import com.faultmaven.common.event.CaseCreated;
import com.faultmaven.common.event.CaseDeleted;
import com.faultmaven.common.event.EventHandlers;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.knowledge.domain.CaseFiles;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What case-service says of cases. */
@ApplicationScoped
public class CaseEvents {
  private final IdempotentConsumer consumer;
  private final EventHandlers handlers;

  /** Wires the bean. */
  @Inject
  public CaseEvents(IdempotentConsumer consumer, CaseFiles files) {
    this.consumer = consumer;
    handlers =
        EventHandlers.on(CaseCreated.TYPE, CaseCreated.class, files::created)
            .and(CaseDeleted.TYPE, CaseDeleted.class, files::deleted);
  }

  /** Applies one event. */
  @Incoming("cases")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "knowledge-service", handlers);
  }
}
