package com.faultmaven.session.events;

import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.common.event.ReceivedEvent;
import com.faultmaven.session.domain.SessionHistory;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Files that were uploaded in a session become part of its {@code data_uploads}. */
@ApplicationScoped
public class ArtifactEvents {
  private final IdempotentConsumer consumer;
  private final SessionHistory history;

  /** Wires the bean. */
  @Inject
  public ArtifactEvents(IdempotentConsumer consumer, SessionHistory history) {
    this.consumer = consumer;
    this.history = history;
  }

  /** Takes an event of artifact-service. */
  @Incoming("artifacts")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "session-service", this::apply);
  }

  private Uni<Void> apply(SqlConnection transaction, ReceivedEvent event) {
    if (!event.type().equals(ArtifactProcessed.TYPE)) {
      return Uni.createFrom().voidItem();
    }
    ArtifactProcessed file = event.as(ArtifactProcessed.class);
    return file.sessionId() == null
        ? Uni.createFrom().voidItem()
        : history.uploaded(file.userId(), file.sessionId(), file.fileId());
  }
}
