package com.faultmaven.session.events;

import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.event.EventHandlers;
import com.faultmaven.common.event.IdempotentConsumer;
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
  private final EventHandlers handlers;
  private final SessionHistory history;

  /** Wires the bean. */
  @Inject
  public ArtifactEvents(IdempotentConsumer consumer, SessionHistory history) {
    this.consumer = consumer;
    this.history = history;
    handlers = EventHandlers.on(ArtifactProcessed.TYPE, ArtifactProcessed.class, this::processed);
  }

  /** Takes an event of artifact-service. */
  @Incoming("artifacts")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "session-service", handlers);
  }

  private Uni<Void> processed(SqlConnection transaction, ArtifactProcessed file) {
    return file.sessionId() == null
        ? Uni.createFrom().voidItem()
        : history.uploaded(file.userId(), file.sessionId(), file.fileId());
  }
}
