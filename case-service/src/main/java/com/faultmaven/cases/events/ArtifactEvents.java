package com.faultmaven.cases.events;

import com.faultmaven.cases.domain.CaseCache;
import com.faultmaven.cases.domain.FileFindings;
import com.faultmaven.common.db.Transactions;
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
  private final CaseCache cache;
  private final Transactions transactions;

  /** Wires the bean. */
  @Inject
  public ArtifactEvents(
      IdempotentConsumer consumer,
      FileFindings findings,
      CaseCache cache,
      Transactions transactions) {
    this.consumer = consumer;
    this.findings = findings;
    this.cache = cache;
    this.transactions = transactions;
  }

  /** Applies one event. */
  @Incoming("artifacts")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "case-service", this::apply);
  }

  private Uni<Void> apply(SqlConnection tx, ReceivedEvent event) {
    return switch (event.type()) {
      case ArtifactProcessed.TYPE -> {
        ArtifactProcessed file = event.as(ArtifactProcessed.class);
        yield findings.take(tx, file).invoke(() -> voidCopies(tx, file.caseId()));
      }
      case ArtifactDeleted.TYPE -> {
        ArtifactDeleted file = event.as(ArtifactDeleted.class);
        yield findings.remove(tx, file).invoke(() -> voidCopies(tx, file.caseId()));
      }
      default -> Uni.createFrom().voidItem();
    };
  }

  private void voidCopies(SqlConnection tx, String caseId) {
    transactions.afterCommit(tx, () -> cache.invalidate(caseId));
  }
}
