package com.faultmaven.artifact.events;

import com.faultmaven.artifact.domain.CaseOwnership;
import com.faultmaven.artifact.domain.CaseProjection;
import com.faultmaven.artifact.domain.CaseRemoval;
import com.faultmaven.common.event.CaseCreated;
import com.faultmaven.common.event.CaseDeleted;
import com.faultmaven.common.event.CaseStatusChanged;
import com.faultmaven.common.event.EventHandlers;
import com.faultmaven.common.event.IdempotentConsumer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Keeps the projection of cases, and deletes the files of a case that was deleted. */
@ApplicationScoped
public class CaseEvents {
  private static final String CONSUMER = "artifact-service";

  private final IdempotentConsumer consumer;
  private final EventHandlers handlers;
  private final CaseProjection cases;
  private final CaseRemoval removal;

  /** Wires the bean. */
  @Inject
  public CaseEvents(IdempotentConsumer consumer, CaseProjection cases, CaseRemoval removal) {
    this.consumer = consumer;
    this.cases = cases;
    this.removal = removal;
    handlers =
        EventHandlers.on(CaseCreated.TYPE, CaseCreated.class, this::opened)
            .and(CaseStatusChanged.TYPE, CaseStatusChanged.class, this::changed)
            .and(CaseDeleted.TYPE, CaseDeleted.class, this::deleted);
  }

  /** Takes an event of the topic of cases. */
  @Incoming("cases")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, CONSUMER, handlers);
  }

  private Uni<Void> opened(SqlConnection transaction, CaseCreated event) {
    return cases.opened(
        transaction, new CaseOwnership(event.caseId(), event.userId(), event.status()));
  }

  private Uni<Void> changed(SqlConnection transaction, CaseStatusChanged event) {
    return cases.statusChanged(transaction, event.caseId(), event.userId(), event.toStatus());
  }

  private Uni<Void> deleted(SqlConnection transaction, CaseDeleted event) {
    return removal.remove(transaction, event.caseId(), event.userId(), event.deletedAt());
  }
}
