package com.faultmaven.artifact.storage;

import com.faultmaven.artifact.domain.FileRecord;
import com.faultmaven.artifact.domain.FileStore;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows of uploaded files in table {@code uploaded_files}. */
@ApplicationScoped
public class PostgresFileStore implements FileStore {
  private static final String INSERT =
      """
      INSERT INTO uploaded_files (
        file_id, case_id, filename, data_type, size_bytes, s3_key, preprocessing_status,
        preprocessing_summary, uploaded_at, processed_at, uploaded_by, session_id, content_type,
        sha256, type_override, processing_mode, result, decision, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
      """;
  private static final String FIND =
      """
      SELECT f.*, c.user_id AS owner_id FROM uploaded_files f JOIN cases c USING (case_id)
      WHERE file_id = $1 AND (expires_at IS NULL OR expires_at > now())
      """;
  private static final String LIST =
      """
      SELECT f.file_id, f.case_id, f.filename, f.data_type, f.size_bytes, f.s3_key,
        f.preprocessing_status, f.preprocessing_summary, f.uploaded_at, f.processed_at,
        f.uploaded_by, f.session_id, f.content_type, f.sha256, f.type_override, f.processing_mode,
        f.expires_at, c.user_id AS owner_id, NULL::jsonb AS result, NULL::jsonb AS decision
      FROM uploaded_files f JOIN cases c USING (case_id)
      WHERE case_id = $1 AND (expires_at IS NULL OR expires_at > now())
      ORDER BY uploaded_at DESC, file_id DESC LIMIT $2 OFFSET $3
      """;
  private static final String COUNT =
      """
      SELECT count(*) AS total FROM uploaded_files
      WHERE case_id = $1 AND (expires_at IS NULL OR expires_at > now())
      """;
  private static final String PREVIOUS =
      """
      SELECT f.*, c.user_id AS owner_id FROM uploaded_files f JOIN cases c USING (case_id)
      WHERE case_id = $1 AND filename = $2 AND file_id < $3 AND data_type = 'structured_config'
        AND preprocessing_status = 'completed' AND expires_at IS NULL
      ORDER BY uploaded_at DESC, file_id DESC LIMIT 1
      """;
  private static final String TRACES =
      """
      SELECT result ->> 'full_extraction' AS text FROM uploaded_files
      WHERE case_id = $1 AND data_type = 'logs_and_errors' AND preprocessing_status = 'completed'
        AND result ->> 'full_extraction' ~ '(Traceback|goroutine \\d+|panicked at|^\\s*at \\S+\\(|\\.go:\\d+|File ")'
      ORDER BY uploaded_at DESC, file_id DESC LIMIT $2
      """;
  private static final String CLAIM =
      """
      WITH before AS (
        SELECT file_id, preprocessing_status AS status FROM uploaded_files
        WHERE file_id = $1 AND (expires_at IS NULL OR expires_at > $2)
          AND (preprocessing_status IN ('awaiting_decision', 'failed', 'pending')
            OR preprocessing_status = 'completed' AND processing_mode = 'preview_no_cache'
            OR preprocessing_status = 'processing' AND processing_since < $3)
        FOR UPDATE)
      UPDATE uploaded_files f SET preprocessing_status = 'processing', processing_since = $2
      FROM before WHERE f.file_id = before.file_id
      RETURNING before.status
      """;
  private static final String RELEASE =
      """
      UPDATE uploaded_files SET preprocessing_status = $2, processing_since = NULL
      WHERE file_id = $1 AND preprocessing_status = 'processing'
      """;
  private static final String COMPLETE =
      """
      UPDATE uploaded_files
      SET data_type = $2, preprocessing_status = $3, preprocessing_summary = $4, processed_at = $5,
        content_type = $6, processing_mode = $7, result = $8, decision = NULL,
        processing_since = NULL, expires_at = $9
      WHERE file_id = $1 AND preprocessing_status = 'processing'
      """;
  private static final String DELETE =
      """
      WITH gone AS (DELETE FROM uploaded_files WHERE file_id = $1 RETURNING s3_key)
      INSERT INTO object_deletions (s3_key, requested_at) SELECT s3_key, $2 FROM gone
      ON CONFLICT DO NOTHING
      """;
  private static final String NOTE_OBJECTS =
      """
      INSERT INTO object_deletions (s3_key, requested_at)
      SELECT s3_key, $2 FROM uploaded_files WHERE case_id = $1
      ON CONFLICT DO NOTHING
      """;
  private static final String ANNOUNCED =
      """
      SELECT file_id FROM uploaded_files
      WHERE case_id = $1 AND expires_at IS NULL ORDER BY file_id FOR UPDATE
      """;
  private static final String EXPIRE =
      """
      WITH gone AS (
        DELETE FROM uploaded_files WHERE file_id IN (
          SELECT file_id FROM uploaded_files
          WHERE expires_at <= $1
            AND (preprocessing_status <> 'processing' OR processing_since < $1 - interval '1 hour')
          ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING s3_key)
      INSERT INTO object_deletions (s3_key, requested_at) SELECT s3_key, $1 FROM gone
      ON CONFLICT DO NOTHING
      """;
  private static final String TO_DELETE =
      "SELECT s3_key FROM object_deletions ORDER BY requested_at LIMIT $1";
  private static final String DELETED = "DELETE FROM object_deletions WHERE s3_key = ANY ($1)";
  private static final String WITHOUT_ROW =
      """
      SELECT key FROM unnest($1::text[]) AS key
      WHERE NOT EXISTS (SELECT 1 FROM uploaded_files WHERE s3_key = key)
      """;

  private final Pool pool;
  private final FileRows rows;

  /** Wires the bean. */
  @Inject
  public PostgresFileStore(Pool pool, FileRows rows) {
    this.pool = pool;
    this.rows = rows;
  }

  @Override
  public Uni<Void> insert(SqlConnection transaction, FileRecord file) {
    return transaction.preparedQuery(INSERT).execute(rows.parameters(file)).replaceWithVoid();
  }

  @Override
  public Uni<Optional<FileRecord>> find(String fileId) {
    return pool.preparedQuery(FIND).execute(Tuple.of(fileId)).map(this::first);
  }

  @Override
  public Uni<Page<FileRecord>> list(String caseId, PageRequest page) {
    return Uni.combine()
        .all()
        .unis(
            pool.preparedQuery(LIST).execute(Tuple.of(caseId, page.limit(), page.offset())),
            pool.preparedQuery(COUNT).execute(Tuple.of(caseId)))
        .asTuple()
        .map(
            both ->
                Page.of(
                    both.getItem1().stream().map(rows::read).toList(),
                    both.getItem2().iterator().next().getLong("total"),
                    page));
  }

  @Override
  public Uni<Optional<FileRecord>> previousConfiguration(
      String caseId, String filename, String beforeId) {
    return pool.preparedQuery(PREVIOUS)
        .execute(Tuple.of(caseId, filename, beforeId))
        .map(this::first);
  }

  @Override
  public Uni<List<String>> stackTraces(String caseId, int limit) {
    return texts(pool.preparedQuery(TRACES).execute(Tuple.of(caseId, limit)), "text");
  }

  @Override
  public Uni<Optional<PreprocessingStatus>> claim(
      String fileId, Instant at, Instant abandonedBefore) {
    return pool.preparedQuery(CLAIM)
        .execute(Tuple.of(fileId, Rows.utc(at), Rows.utc(abandonedBefore)))
        .map(
            claimed ->
                claimed.stream()
                    .map(
                        row -> WireName.require(PreprocessingStatus.class, row.getString("status")))
                    .findFirst());
  }

  @Override
  public Uni<Void> release(String fileId, PreprocessingStatus status) {
    // One that a crash had left in process is one that failed.
    PreprocessingStatus given =
        status == PreprocessingStatus.PROCESSING ? PreprocessingStatus.FAILED : status;
    return pool.preparedQuery(RELEASE)
        .execute(Tuple.of(fileId, given.wireName()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> complete(SqlConnection transaction, FileRecord file) {
    return transaction
        .preparedQuery(COMPLETE)
        .execute(rows.outcome(file))
        .map(updated -> updated.rowCount() == 1);
  }

  @Override
  public Uni<Boolean> delete(SqlConnection transaction, String fileId, Instant at) {
    return transaction
        .preparedQuery(DELETE)
        .execute(Tuple.of(fileId, Rows.utc(at)))
        .map(noted -> noted.rowCount() == 1);
  }

  @Override
  public Uni<List<String>> noteObjectsOf(SqlConnection transaction, String caseId, Instant at) {
    return texts(transaction.preparedQuery(ANNOUNCED).execute(Tuple.of(caseId)), "file_id")
        .call(
            ids -> transaction.preparedQuery(NOTE_OBJECTS).execute(Tuple.of(caseId, Rows.utc(at))));
  }

  @Override
  public Uni<Integer> expire(SqlConnection transaction, Instant now, int limit) {
    return transaction
        .preparedQuery(EXPIRE)
        .execute(Tuple.of(Rows.utc(now), limit))
        .map(RowSet::rowCount);
  }

  @Override
  public Uni<List<String>> objectsToDelete(int limit) {
    return texts(pool.preparedQuery(TO_DELETE).execute(Tuple.of(limit)), "s3_key");
  }

  @Override
  public Uni<Void> objectsDeleted(List<String> keys) {
    return pool.preparedQuery(DELETED)
        .execute(Tuple.tuple().addArrayOfString(keys.toArray(String[]::new)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Set<String>> withoutRow(List<String> keys) {
    return texts(
            pool.preparedQuery(WITHOUT_ROW)
                .execute(Tuple.tuple().addArrayOfString(keys.toArray(String[]::new))),
            "key")
        .map(Set::copyOf);
  }

  private Optional<FileRecord> first(RowSet<Row> found) {
    return found.stream().map(rows::read).findFirst();
  }

  private static Uni<List<String>> texts(Uni<RowSet<Row>> found, String column) {
    return found.map(
        rows -> rows.stream().map(row -> row.getString(column)).collect(Collectors.toList()));
  }
}
