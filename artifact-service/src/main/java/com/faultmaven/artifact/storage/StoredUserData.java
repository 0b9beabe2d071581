package com.faultmaven.artifact.storage;

import com.faultmaven.artifact.domain.CaseRemoval;
import com.faultmaven.artifact.domain.ObjectRemoval;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.repository.StoredContent;
import com.faultmaven.common.userdata.ExportedFile;
import com.faultmaven.common.userdata.JsonRows;
import com.faultmaven.common.userdata.UserDataErasure;
import com.faultmaven.common.userdata.UserDataExport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The files of a user's cases, rows and raw bytes. Files that the user has brought into others'
 * cases are those others' evidence; they stay without the user's id.
 */
@ApplicationScoped
public class StoredUserData implements UserDataErasure, UserDataExport {
  static final String CASE_IDS =
      "SELECT case_id AS text FROM cases WHERE user_id = $1 ORDER BY case_id";
  static final String KEYS =
      """
      SELECT s3_key AS text FROM cases c JOIN uploaded_files f USING (case_id)
      WHERE c.user_id = $1
      """;
  static final String DISOWN =
      "UPDATE uploaded_files SET uploaded_by = 'erased', session_id = NULL WHERE uploaded_by = $1";
  static final String FILES =
      """
      SELECT file_id AS id, to_jsonb(f)::text AS json
      FROM cases c JOIN uploaded_files f USING (case_id)
      WHERE c.user_id = $1 AND file_id > $2 AND (expires_at IS NULL OR expires_at > now())
      ORDER BY file_id LIMIT $3
      """;
  static final String OBJECTS =
      """
      SELECT file_id AS id, s3_key AS json
      FROM cases c JOIN uploaded_files f USING (case_id)
      WHERE c.user_id = $1 AND file_id > $2 AND (expires_at IS NULL OR expires_at > now())
      ORDER BY file_id LIMIT $3
      """;

  /** {@code artifacts/{case_id}/{file_id}/{filename}} becomes {@code files/…} in the export. */
  private static final String KEY_PREFIX = "artifacts/";

  private final CaseRemoval cases;
  private final ObjectRemoval objects;
  private final StorageBackend storage;
  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public StoredUserData(
      CaseRemoval cases, ObjectRemoval objects, StorageBackend storage, Pool pool) {
    this.cases = cases;
    this.objects = objects;
    this.storage = storage;
    this.pool = pool;
  }

  /** Cases that this service hears of later are deleted by case-service's own event. */
  @Override
  public Uni<Map<String, Long>> erase(SqlConnection transaction, String userId, Instant at) {
    return texts(transaction, CASE_IDS, userId)
        .flatMap(
            caseIds ->
                texts(transaction, KEYS, userId)
                    .call(keys -> deleteCases(transaction, caseIds, userId, at))
                    .call(objects::removeAll)
                    .call(keys -> transaction.preparedQuery(DISOWN).execute(Tuple.of(userId)))
                    .map(keys -> Map.of("files", (long) keys.size())));
  }

  private Uni<Void> deleteCases(
      SqlConnection transaction, List<String> caseIds, String userId, Instant at) {
    return Multi.createFrom()
        .iterable(caseIds)
        .onItem()
        .transformToUniAndConcatenate(caseId -> cases.remove(transaction, caseId, userId, at))
        .collect()
        .last()
        .replaceWithVoid();
  }

  @Override
  public Multi<ExportedFile> files(String userId, String reader) {
    Multi<ExportedFile> rawFiles =
        JsonRows.read(pool, OBJECTS, userId)
            .onItem()
            .transformToUniAndConcatenate(
                key ->
                    storage
                        .retrieve(key)
                        .map(found -> found.map(content -> raw(key, content)).orElse(null)));
    return Multi.createBy()
        .concatenating()
        .streams(
            Multi.createFrom()
                .item(ExportedFile.array("files.json", JsonRows.read(pool, FILES, userId))),
            rawFiles);
  }

  private static ExportedFile raw(String key, StoredContent content) {
    return new ExportedFile("files/" + key.substring(KEY_PREFIX.length()), content.bytes());
  }

  private static Uni<List<String>> texts(SqlConnection transaction, String sql, String userId) {
    return transaction.preparedQuery(sql).execute(Tuple.of(userId)).map(StoredUserData::texts);
  }

  private static List<String> texts(RowSet<Row> rows) {
    List<String> texts = new ArrayList<>(rows.size());
    rows.forEach(row -> texts.add(row.getString("text")));
    return texts;
  }
}
