package com.faultmaven.cases.events;

import com.faultmaven.cases.domain.FileFindings;
import com.faultmaven.common.event.ArtifactDeleted;
import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.common.event.ReceivedEvent;
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
  private final FileFindings findings;

  /** Wires the bean. */
  @Inject
  public ArtifactEvents(IdempotentConsumer consumer, FileFindings findings) {
    this.consumer = consumer;
    this.findings = findings;
  }

  /** Applies one event. */
  @Incoming("artifacts")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "case-service", this::apply);
  }

  private Uni<Void> apply(SqlConnection tx, ReceivedEvent event) {
    return switch (event.type()) {
      case ArtifactProcessed.TYPE -> findings.take(tx, event.as(ArtifactProcessed.class));
      case ArtifactDeleted.TYPE -> findings.remove(tx, event.as(ArtifactDeleted.class));
      default -> Uni.createFrom().voidItem();
    };
  }
}
