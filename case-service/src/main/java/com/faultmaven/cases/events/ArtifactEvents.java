package com.faultmaven.cases.events;

import com.faultmaven.cases.domain.CaseCache;
import com.faultmaven.cases.domain.FileFindings;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.ArtifactDeleted;
import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.event.EventHandlers;
import com.faultmaven.common.event.IdempotentConsumer;
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
  private final EventHandlers handlers;
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
    handlers =
        EventHandlers.on(ArtifactProcessed.TYPE, ArtifactProcessed.class, this::processed)
            .and(ArtifactDeleted.TYPE, ArtifactDeleted.class, this::deleted);
  }

  /** Applies one event. */
  @Incoming("artifacts")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "case-service", handlers);
  }

  private Uni<Void> processed(SqlConnection tx, ArtifactProcessed file) {
    return findings.take(tx, file).invoke(() -> voidCopies(tx, file.caseId()));
  }

  private Uni<Void> deleted(SqlConnection tx, ArtifactDeleted file) {
    return findings.remove(tx, file).invoke(() -> voidCopies(tx, file.caseId()));
  }

  private void voidCopies(SqlConnection tx, String caseId) {
    transactions.afterCommit(tx, () -> cache.invalidate(caseId));
  }
}
