package com.faultmaven.knowledge.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.knowledge.CollectionName;
import com.faultmaven.common.repository.VectorStore;
import com.faultmaven.common.userdata.ExportedFile;
import com.faultmaven.common.userdata.JsonRows;
import com.faultmaven.common.userdata.UserDataErasure;
import com.faultmaven.common.userdata.UserDataExport;
import com.faultmaven.knowledge.domain.KnownCases;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A user's knowledge base, and what was found in the files of the user's cases. Documents that the
 * user has written into the global knowledge base belong to all; they stay without the user's id.
 */
@ApplicationScoped
public class StoredUserData implements UserDataErasure, UserDataExport {
  static final String DOCUMENTS =
      """
      SELECT document_id AS id, (to_jsonb(d) - 'claim' - 'attempts' - 'next_attempt_at')::text AS json
      FROM knowledge_documents d
      WHERE collection = 'user_kb_' || $1::text AND document_id > $2 AND status <> 'deleting'
      ORDER BY document_id LIMIT $3
      """;
  static final String ERASE_DOCUMENTS = "DELETE FROM knowledge_documents WHERE collection = $1";
  static final String DISOWN_DOCUMENTS =
      """
      UPDATE knowledge_documents SET user_id = 'erased'
      WHERE collection = 'global_kb' AND user_id = $1
      """;
  static final String CASE_IDS = "SELECT case_id FROM cases WHERE user_id = $1 ORDER BY case_id";
  static final String DISOWN_CASES =
      """
      UPDATE cases SET user_id = 'erased', deleted_at = coalesce(deleted_at, $2)
      WHERE user_id = $1
      """;

  private final VectorStore vectors;
  private final KnownCases cases;
  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public StoredUserData(VectorStore vectors, KnownCases cases, Pool pool) {
    this.vectors = vectors;
    this.cases = cases;
    this.pool = pool;
  }

  @Override
  public Uni<Map<String, Long>> erase(SqlConnection transaction, String userId, Instant at) {
    return eraseDocuments(transaction, userId)
        .flatMap(
            documents ->
                eraseCases(transaction, userId, at)
                    .map(
                        caseCollections ->
                            Map.of(
                                "knowledge_documents",
                                documents,
                                "case_collections",
                                caseCollections)));
  }

  @Override
  public Multi<ExportedFile> files(String userId, String reader) {
    return Multi.createFrom()
        .item(
            ExportedFile.array("knowledge-documents.json", JsonRows.read(pool, DOCUMENTS, userId)));
  }

  /** The rows go first: who is writing vectors of one holds its lock and is waited for. */
  private Uni<Long> eraseDocuments(SqlConnection transaction, String userId) {
    String collection = CollectionName.ofUser(userId);
    return transaction
        .preparedQuery(ERASE_DOCUMENTS)
        .execute(Tuple.of(collection))
        .map(rows -> (long) rows.rowCount())
        .call(documents -> vectors.deleteCollection(collection))
        .call(documents -> transaction.preparedQuery(DISOWN_DOCUMENTS).execute(Tuple.of(userId)));
  }

  private Uni<Long> eraseCases(SqlConnection transaction, String userId, Instant at) {
    return transaction
        .preparedQuery(CASE_IDS)
        .execute(Tuple.of(userId))
        .onItem()
        .transformToMulti(
            rows ->
                Multi.createFrom()
                    .items(
                        StreamSupport.stream(rows.spliterator(), false)
                            .map(row -> row.getString("case_id"))))
        .onItem()
        .transformToUniAndConcatenate(
            caseId ->
                cases
                    .lockAndTellDeleted(transaction, caseId)
                    .chain(() -> vectors.deleteCollection(CollectionName.ofCase(caseId))))
        .filter(deleted -> deleted)
        .collect()
        .with(java.util.stream.Collectors.counting())
        .call(
            counted ->
                transaction.preparedQuery(DISOWN_CASES).execute(Tuple.of(userId, Rows.utc(at))));
  }
}
