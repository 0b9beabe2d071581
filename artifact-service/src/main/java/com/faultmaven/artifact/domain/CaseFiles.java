package com.faultmaven.artifact.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.ArtifactDeleted;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.repository.ByteRange;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.repository.StoredContent;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looking at, reading and deleting files that are kept. */
@ApplicationScoped
public class CaseFiles {
  private static final Logger LOG = Logger.getLogger(CaseFiles.class);

  private final CaseAccess access;
  private final FileStore store;
  private final StorageBackend storage;
  private final CaseKnowledge knowledge;
  private final ObjectRemoval removal;
  private final Transactions transactions;
  private final Outbox outbox;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public CaseFiles(
      CaseAccess access,
      FileStore store,
      StorageBackend storage,
      CaseKnowledge knowledge,
      ObjectRemoval removal,
      Transactions transactions,
      Outbox outbox,
      Clock clock) {
    this.access = access;
    this.store = store;
    this.storage = storage;
    this.knowledge = knowledge;
    this.removal = removal;
    this.transactions = transactions;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** The files of a case, newest first; fails with 404 when the case is not to be seen. */
  public Uni<Page<FileRecord>> list(String caseId, PageRequest page, Requester requester) {
    return access.readable(caseId, requester).flatMap(owned -> store.list(caseId, page));
  }

  /** A file with its result; fails with 404 when it is not to be seen. */
  public Uni<FileRecord> details(String fileId, Requester requester) {
    if (!Ids.isCanonical(fileId)) {
      return Uni.createFrom().failure(Problem.notFound("file"));
    }
    return store
        .find(fileId)
        .map(
            found ->
                found
                    .filter(file -> requester.mayRead(file.ownerId()))
                    .orElseThrow(() -> Problem.notFound("file")));
  }

  /** A file that the requester may change; fails with 404 or 403 otherwise. */
  public Uni<FileRecord> changeable(String fileId, Requester requester) {
    return details(fileId, requester)
        .invoke(file -> CaseAccess.requireWrite(requester, file.ownerId()));
  }

  /**
   * The raw bytes of a file, or a part of them.
   *
   * @param range which part; null for all
   */
  public Uni<StoredContent> content(FileRecord file, @Nullable ByteRange range) {
    String key = file.file().s3Key();
    return (range == null ? storage.retrieve(key) : storage.retrieve(key, range))
        .map(found -> found.orElseThrow(() -> Problem.notFound("file")));
  }

  /** Deletes a file: row and event in one transaction, then its object. */
  public Uni<Void> delete(String fileId, Requester requester) {
    return changeable(fileId, requester)
        .flatMap(this::deleteRow)
        .chain(
            () ->
                removal
                    .removeNoted()
                    .onFailure()
                    .invoke(
                        failure -> LOG.warnf("Objects are deleted later: %s", failure.toString()))
                    .onFailure()
                    .recoverWithItem(0))
        .replaceWithVoid();
  }

  /** Semantic search over the files of a case, answered by knowledge-service. */
  public Uni<JsonNode> search(String caseId, String query, int k, Requester requester) {
    return access
        .readable(caseId, requester)
        .flatMap(owned -> knowledge.search(caseId, query, k, requester.token()));
  }

  private Uni<Void> deleteRow(FileRecord file) {
    Instant at = clock.instant();
    ArtifactDeleted event =
        new ArtifactDeleted(file.fileId(), file.file().caseId(), file.ownerId(), at);
    return transactions.inTransaction(
        transaction ->
            store
                .delete(transaction, file.fileId(), at)
                .flatMap(
                    deleted ->
                        deleted
                            ? outbox.append(transaction, event)
                            : Uni.createFrom().<Void>failure(Problem.notFound("file"))));
  }
}
