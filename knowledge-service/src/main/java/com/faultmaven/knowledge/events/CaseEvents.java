package com.faultmaven.knowledge.events;

import com.faultmaven.common.event.CaseCreated;
import com.faultmaven.common.event.CaseDeleted;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.common.event.ReceivedEvent;
import com.faultmaven.knowledge.domain.CaseFiles;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What case-service says of cases. */
@ApplicationScoped
public class CaseEvents {
  private final IdempotentConsumer consumer;
  private final CaseFiles files;

  /** Wires the bean. */
  @Inject
  public CaseEvents(IdempotentConsumer consumer, CaseFiles files) {
    this.consumer = consumer;
    this.files = files;
  }

  /** Applies one event. */
  @Incoming("cases")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "knowledge-service", this::apply);
  }

  private Uni<Void> apply(SqlConnection tx, ReceivedEvent event) {
    return switch (event.type()) {
      case CaseCreated.TYPE -> files.created(tx, event.as(CaseCreated.class));
      case CaseDeleted.TYPE -> files.deleted(tx, event.as(CaseDeleted.class));
      default -> Uni.createFrom().voidItem();
    };
  }
}
