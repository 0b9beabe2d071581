package com.faultmaven.knowledge.events;

import com.faultmaven.common.event.ArtifactDeleted;
import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.common.event.ReceivedEvent;
import com.faultmaven.knowledge.domain.CaseFiles;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What artifact-service says of files. */
@ApplicationScoped
public class ArtifactEvents {
  private final IdempotentConsumer consumer;
  private final CaseFiles files;

  /** Wires the bean. */
  @Inject
  public ArtifactEvents(IdempotentConsumer consumer, CaseFiles files) {
    this.consumer = consumer;
    this.files = files;
  }

  /** Applies one event. */
  @Incoming("artifacts")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "knowledge-service", this::apply);
  }

  private Uni<Void> apply(SqlConnection tx, ReceivedEvent event) {
    return switch (event.type()) {
      case ArtifactProcessed.TYPE -> files.processed(tx, event.as(ArtifactProcessed.class));
      case ArtifactDeleted.TYPE -> files.deleted(tx, event.as(ArtifactDeleted.class));
      default -> Uni.createFrom().voidItem();
    };
  }
}
