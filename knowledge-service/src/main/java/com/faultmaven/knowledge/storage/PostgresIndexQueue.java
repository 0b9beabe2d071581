package com.faultmaven.knowledge.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.id.Ids;
import com.faultmaven.knowledge.domain.IndexQueue;
import com.faultmaven.knowledge.domain.IndexTask;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The queue is the table of documents itself: a document and its place in it cannot part. */
@ApplicationScoped
public class PostgresIndexQueue implements IndexQueue {
  static final String DUE =
      """
      SELECT collection, document_id FROM knowledge_documents
      WHERE status IN ('pending', 'indexing', 'deleting') AND next_attempt_at <= $1
      ORDER BY next_attempt_at LIMIT $2
      FOR UPDATE SKIP LOCKED
      """;
  private static final String CLAIM =
      """
      WITH due AS (
      %s)
      UPDATE knowledge_documents AS d
      SET status = CASE WHEN d.status = 'deleting' THEN d.status ELSE 'indexing' END,
        claim = $3, attempts = d.attempts + 1, next_attempt_at = $4
      FROM due
      WHERE d.collection = due.collection AND d.document_id = due.document_id
      RETURNING d.collection, d.document_id, d.status, d.title, d.content, d.document_type,
        d.metadata, d.revision, d.chunks_written, d.attempts
      """
          .formatted(DUE);
  private static final String RENEW =
      """
      UPDATE knowledge_documents SET next_attempt_at = $4
      WHERE collection = $1 AND document_id = $2 AND claim = $3
      """;
  private static final String PLAN =
      """
      UPDATE knowledge_documents SET chunks_written = greatest(chunks_written, $4)
      WHERE collection = $1 AND document_id = $2 AND claim = $3
      """;
  private static final String LOCK =
      """
      SELECT 1 FROM knowledge_documents
      WHERE collection = $1 AND document_id = $2 AND claim = $3
      FOR UPDATE
      """;
  private static final String INDEXED =
      """
      UPDATE knowledge_documents
      SET status = 'indexed', error = NULL, chunks = $4, chunks_written = $4,
        embedding_model = $5, indexed_at = $6, claim = NULL, attempts = 0
      WHERE collection = $1 AND document_id = $2 AND claim = $3
      """;
  private static final String REMOVED =
      """
      DELETE FROM knowledge_documents
      WHERE collection = $1 AND document_id = $2 AND claim = $3
      """;
  private static final String POSTPONE =
      """
      UPDATE knowledge_documents
      SET status = CASE WHEN status = 'deleting' THEN status ELSE 'pending' END,
        error = $4, next_attempt_at = $5, claim = NULL
      WHERE collection = $1 AND document_id = $2 AND claim = $3
      """;
  private static final String FAILED =
      """
      UPDATE knowledge_documents SET status = 'failed', error = $4, claim = NULL
      WHERE collection = $1 AND document_id = $2 AND claim = $3
      """;

  private final Pool pool;
  private final ObjectMapper json;

  /** Wires the bean. */
  @Inject
  public PostgresIndexQueue(Pool pool, ObjectMapper json) {
    this.pool = pool;
    this.json = json;
  }

  @Override
  public Uni<List<IndexTask>> claim(int limit, Instant now, Instant until) {
    String claim = Ids.next();
    return run(pool, CLAIM, Tuple.of(Rows.utc(now), limit, claim, Rows.utc(until)))
        .map(
            rows -> {
              List<IndexTask> tasks = new ArrayList<>(rows.size());
              for (Row row : rows) {
                tasks.add(task(row, claim));
              }
              return tasks;
            });
  }

  @Override
  public Uni<Boolean> renew(IndexTask task, Instant until) {
    return run(pool, RENEW, row(task).addValue(Rows.utc(until))).map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Uni<Boolean> plan(IndexTask task, int chunks) {
    return run(pool, PLAN, row(task).addInteger(chunks)).map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Uni<Boolean> lock(SqlConnection transaction, IndexTask task) {
    return run(transaction, LOCK, row(task)).map(rows -> rows.size() == 1);
  }

  @Override
  public Uni<Void> indexed(
      SqlConnection transaction, IndexTask task, int chunks, String model, Instant at) {
    return run(
            transaction,
            INDEXED,
            row(task).addInteger(chunks).addString(model).addValue(Rows.utc(at)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> removed(SqlConnection transaction, IndexTask task) {
    return run(transaction, REMOVED, row(task)).replaceWithVoid();
  }

  @Override
  public Uni<Void> postpone(IndexTask task, String error, Instant nextAttempt) {
    return run(pool, POSTPONE, row(task).addString(error).addValue(Rows.utc(nextAttempt)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> failed(SqlConnection transaction, IndexTask task, String error) {
    return run(transaction, FAILED, row(task).addString(error)).map(rows -> rows.rowCount() == 1);
  }

  private static Tuple row(IndexTask task) {
    return Tuple.of(task.collection(), task.documentId(), task.claim());
  }

  private static Uni<RowSet<Row>> run(SqlClient client, String statement, Tuple row) {
    return client
        .preparedQuery(statement)
        .execute(row)
        .onFailure()
        .transform(DatabaseFailures::translate);
  }

  private IndexTask task(Row row, String claim) {
    return new IndexTask(
        row.getString("collection"),
        row.getString("document_id"),
        claim,
        row.getString("status").equals("deleting"),
        row.getString("title"),
        row.getString("content"),
        row.getString("document_type"),
        PostgresDocuments.metadata(json, row),
        row.getLong("revision"),
        row.getInteger("chunks_written"),
        row.getInteger("attempts"));
  }
}
