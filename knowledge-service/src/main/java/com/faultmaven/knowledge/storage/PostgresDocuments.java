package com.faultmaven.knowledge.storage;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.knowledge.DocumentMetadata;
import com.faultmaven.common.model.knowledge.KnowledgeDocument;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.knowledge.domain.DocumentDraft;
import com.faultmaven.knowledge.domain.DocumentFilter;
import com.faultmaven.knowledge.domain.Documents;
import com.faultmaven.knowledge.domain.IndexStatus;
import com.faultmaven.knowledge.domain.IndexedDocument;
import com.faultmaven.knowledge.domain.KnowledgeStats;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Documents in table {@code knowledge_documents}. */
@ApplicationScoped
public class PostgresDocuments implements Documents {
  private static final String STATE =
      """
      document_id, user_id, title, document_type, metadata, size_bytes, redactions, revision,
        status, error, chunks, embedding_model, created_at, updated_at, indexed_at""";
  private static final String WHOLE = STATE + ", content";
  private static final String BEGINNING = STATE + ", left(content, 200) AS content";

  // A document with this id that is on its way out comes back as a new one.
  private static final String ADD =
      """
      INSERT INTO knowledge_documents AS d
        (collection, document_id, user_id, title, content, document_type, metadata, tags, category,
         size_bytes, redactions, revision, status, next_attempt_at, created_at, updated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, 'pending', $12, $12, $12)
      ON CONFLICT (collection, document_id) DO UPDATE SET
        user_id = excluded.user_id, title = excluded.title, content = excluded.content,
        document_type = excluded.document_type, metadata = excluded.metadata,
        tags = excluded.tags, category = excluded.category, size_bytes = excluded.size_bytes,
        redactions = excluded.redactions, revision = d.revision + 1, status = 'pending',
        error = NULL, chunks = 0, claim = NULL, attempts = 0,
        next_attempt_at = excluded.next_attempt_at, created_at = excluded.created_at,
        updated_at = excluded.updated_at, indexed_at = NULL, embedding_model = NULL
      WHERE d.status = 'deleting'
      RETURNING %s
      """
          .formatted(WHOLE);
  private static final String REPLACE =
      """
      UPDATE knowledge_documents SET
        title = $3, content = $4, document_type = $5, metadata = $6, tags = $7, category = $8,
        size_bytes = $9, redactions = $10, revision = revision + 1, status = 'pending',
        error = NULL, claim = NULL, attempts = 0, next_attempt_at = $11, updated_at = $11
      WHERE collection = $1 AND document_id = $2 AND status <> 'deleting'
      RETURNING %s
      """
          .formatted(WHOLE);
  private static final String FIND =
      """
      SELECT %s FROM knowledge_documents
      WHERE collection = $1 AND document_id = $2 AND status <> 'deleting'
      """
          .formatted(WHOLE);
  private static final String FIND_SEVERAL =
      """
      SELECT %s FROM knowledge_documents
      WHERE collection = $1 AND document_id = ANY ($2) AND status <> 'deleting'
      """
          .formatted(BEGINNING);
  private static final String FILTER =
      """
      FROM knowledge_documents
      WHERE collection = $1 AND status <> 'deleting'
        AND ($2::text IS NULL OR document_type = $2)
        AND ($3::text IS NULL OR tags @> ARRAY[$3])
        AND ($4::text IS NULL OR category = $4)
      """;
  static final String LIST =
      "SELECT "
          + BEGINNING
          + "\n"
          + FILTER
          + "ORDER BY created_at DESC, document_id DESC LIMIT $5 OFFSET $6";
  private static final String COUNT = "SELECT count(*) " + FILTER;
  private static final String COUNT_ALL =
      "SELECT count(*) FROM knowledge_documents WHERE collection = $1 AND status <> 'deleting'";
  private static final String DELETE =
      """
      UPDATE knowledge_documents
      SET status = 'deleting', claim = NULL, attempts = 0, next_attempt_at = $3, updated_at = $3
      WHERE collection = $1 AND document_id = $2 AND status <> 'deleting'
      """;
  private static final String STATS =
      """
      SELECT status, count(*) AS documents, sum(chunks)::bigint AS chunks,
        sum(size_bytes)::bigint AS bytes
      FROM knowledge_documents
      WHERE collection = $1 AND status <> 'deleting'
      GROUP BY status ORDER BY status
      """;
  private static final String LABELS =
      """
      SELECT document_id, title, document_type FROM knowledge_documents
      WHERE collection = $1 AND document_id = ANY ($2) AND status <> 'deleting'
      """;

  private final Pool pool;
  private final ObjectMapper json;

  /** Wires the bean. */
  @Inject
  public PostgresDocuments(Pool pool, ObjectMapper json) {
    this.pool = pool;
    this.json = json;
  }

  @Override
  public Uni<Optional<IndexedDocument>> add(
      SqlConnection transaction,
      String collection,
      String userId,
      DocumentDraft draft,
      Instant now) {
    Tuple row = Tuple.of(collection, draft.documentId(), userId);
    addContent(row, draft).addValue(Rows.utc(now));
    return run(transaction, ADD, row).map(this::first);
  }

  @Override
  public Uni<Optional<IndexedDocument>> replace(
      String collection, DocumentDraft draft, Instant now) {
    Tuple row = Tuple.of(collection, draft.documentId());
    addContent(row, draft).addValue(Rows.utc(now));
    return run(pool, REPLACE, row).map(this::first);
  }

  @Override
  public Uni<Optional<IndexedDocument>> find(String collection, String documentId) {
    return run(pool, FIND, Tuple.of(collection, documentId)).map(this::first);
  }

  @Override
  public Uni<List<IndexedDocument>> find(String collection, List<String> documentIds) {
    return run(pool, FIND_SEVERAL, Tuple.of(collection, documentIds.toArray(String[]::new)))
        .map(this::all);
  }

  @Override
  public Uni<List<IndexedDocument>> list(
      String collection, DocumentFilter filter, PageRequest page) {
    Tuple row = filterRow(collection, filter).addInteger(page.limit()).addInteger(page.offset());
    return run(pool, LIST, row).map(this::all);
  }

  @Override
  public Uni<Long> count(String collection, DocumentFilter filter) {
    return run(pool, COUNT, filterRow(collection, filter)).map(PostgresDocuments::number);
  }

  @Override
  public Uni<Long> countAll(SqlConnection transaction, String collection) {
    return run(transaction, COUNT_ALL, Tuple.of(collection)).map(PostgresDocuments::number);
  }

  @Override
  public Uni<Boolean> delete(String collection, String documentId, Instant now) {
    return run(pool, DELETE, Tuple.of(collection, documentId, Rows.utc(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Uni<KnowledgeStats> stats(String collection) {
    return run(pool, STATS, Tuple.of(collection))
        .map(
            rows -> {
              Map<String, Long> byStatus = new LinkedHashMap<>();
              long chunks = 0;
              long bytes = 0;
              for (Row row : rows) {
                byStatus.put(row.getString("status"), row.getLong("documents"));
                chunks += row.getLong("chunks");
                bytes += row.getLong("bytes");
              }
              long documents = byStatus.values().stream().mapToLong(Long::longValue).sum();
              return new KnowledgeStats(documents, chunks, bytes, byStatus);
            });
  }

  @Override
  public Uni<Map<String, DocumentLabel>> labels(String collection, List<String> documentIds) {
    if (documentIds.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return run(pool, LABELS, Tuple.of(collection, documentIds.toArray(String[]::new)))
        .map(
            rows -> {
              Map<String, DocumentLabel> labels = new HashMap<>();
              for (Row row : rows) {
                labels.put(
                    row.getString("document_id"),
                    new DocumentLabel(row.getString("title"), row.getString("document_type")));
              }
              return labels;
            });
  }

  /** Reads metadata back as they were written. */
  static DocumentMetadata metadata(ObjectMapper json, Row row) {
    try {
      return json.treeToValue(requireNonNull(Rows.json(row, "metadata")), DocumentMetadata.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("unreadable metadata in knowledge_documents", e);
    }
  }

  private Tuple addContent(Tuple row, DocumentDraft draft) {
    return row.addString(draft.title())
        .addString(draft.content())
        .addString(draft.documentType())
        .addValue(Rows.jsonb(json.valueToTree(draft.metadata())))
        .addArrayOfString(draft.metadata().tags().toArray(String[]::new))
        .addString(draft.metadata().category())
        .addLong(draft.sizeBytes())
        .addValue(Rows.jsonb(json.valueToTree(draft.redactions())));
  }

  private static Tuple filterRow(String collection, DocumentFilter filter) {
    return Tuple.of(collection, filter.documentType(), filter.tag(), filter.category());
  }

  private static Uni<RowSet<Row>> run(SqlClient client, String statement, Tuple row) {
    return client
        .preparedQuery(statement)
        .execute(row)
        .onFailure()
        .transform(DatabaseFailures::translate);
  }

  private static long number(RowSet<Row> rows) {
    return rows.iterator().next().getLong(0);
  }

  private Optional<IndexedDocument> first(RowSet<Row> rows) {
    return all(rows).stream().findFirst();
  }

  private List<IndexedDocument> all(RowSet<Row> rows) {
    List<IndexedDocument> documents = new ArrayList<>(rows.size());
    for (Row row : rows) {
      documents.add(document(row));
    }
    return documents;
  }

  private IndexedDocument document(Row row) {
    Map<String, Integer> redactions = new LinkedHashMap<>();
    JsonNode counts = requireNonNull(Rows.json(row, "redactions"));
    counts.properties().forEach(count -> redactions.put(count.getKey(), count.getValue().asInt()));
    return new IndexedDocument(
        new KnowledgeDocument(
            row.getString("document_id"),
            row.getString("user_id"),
            row.getString("title"),
            row.getString("content"),
            row.getString("document_type"),
            metadata(json, row),
            Rows.instant(row, "created_at"),
            Rows.instant(row, "updated_at")),
        WireName.require(IndexStatus.class, row.getString("status")),
        row.getString("error"),
        row.getLong("revision"),
        row.getInteger("chunks"),
        row.getLong("size_bytes"),
        redactions,
        row.getString("embedding_model"),
        Rows.instantOrNull(row, "indexed_at"));
  }
}
