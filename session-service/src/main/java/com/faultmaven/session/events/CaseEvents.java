package com.faultmaven.session.events;

import com.faultmaven.common.event.CaseCreated;
import com.faultmaven.common.event.EventHandlers;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.session.domain.SessionHistory;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Cases that were opened in a session become part of its {@code case_history}. */
@ApplicationScoped
public class CaseEvents {
  private final IdempotentConsumer consumer;
  private final EventHandlers handlers;
  private final SessionHistory history;

  /** Wires the bean. */
  @Inject
  public CaseEvents(IdempotentConsumer consumer, SessionHistory history) {
    this.consumer = consumer;
    this.history = history;
    handlers = EventHandlers.on(CaseCreated.TYPE, CaseCreated.class, this::created);
  }

  /** Takes an event of case-service. */
  @Incoming("cases")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "session-service", handlers);
  }

  private Uni<Void> created(SqlConnection transaction, CaseCreated opened) {
    return opened.sessionId() == null
        ? Uni.createFrom().voidItem()
        : history.opened(opened.userId(), opened.sessionId(), opened.caseId());
  }
}
