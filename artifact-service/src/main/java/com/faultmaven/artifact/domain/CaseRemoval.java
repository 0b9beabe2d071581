package com.faultmaven.artifact.domain;

import com.faultmaven.common.event.ArtifactDeleted;
import com.faultmaven.common.event.Outbox;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/** Deletes what is kept of a case that is gone, and says so of each of its files. */
@ApplicationScoped
public class CaseRemoval {
  private final CaseProjection cases;
  private final FileStore files;
  private final Outbox outbox;

  /** Wires the bean. */
  @Inject
  public CaseRemoval(CaseProjection cases, FileStore files, Outbox outbox) {
    this.cases = cases;
    this.files = files;
    this.outbox = outbox;
  }

  /**
   * Deletes the rows and notes the objects for deletion; again for a case that was deleted is no
   * harm.
   */
  public Uni<Void> remove(SqlConnection transaction, String caseId, String userId, Instant at) {
    return files
        .noteObjectsOf(transaction, caseId, at)
        .onItem()
        .transformToMulti(fileIds -> Multi.createFrom().iterable(fileIds))
        .onItem()
        .transformToUniAndConcatenate(
            fileId -> outbox.append(transaction, new ArtifactDeleted(fileId, caseId, userId, at)))
        .collect()
        .last()
        .chain(() -> cases.deleted(transaction, caseId, at));
  }
}
