package com.faultmaven.knowledge.domain;

import com.faultmaven.common.web.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The documents of knowledge bases, by the name of their collection. Documents that are being
 * deleted are not there. Every {@code Uni} fails with {@link
 * com.faultmaven.common.repository.StorageUnavailableException} when the database is away.
 */
public interface Documents {
  /**
   * Adds a document, to be indexed.
   *
   * @return empty when one with its id is there
   */
  Uni<Optional<IndexedDocument>> add(
      SqlConnection transaction,
      String collection,
      String userId,
      DocumentDraft draft,
      Instant now);

  /** Replaces a document, to be indexed again; empty when there is none. */
  Uni<Optional<IndexedDocument>> replace(String collection, DocumentDraft draft, Instant now);

  /** The document with its full content. */
  Uni<Optional<IndexedDocument>> find(String collection, String documentId);

  /** Several documents with the beginning of their content alone, in no order. */
  Uni<List<IndexedDocument>> find(String collection, List<String> documentIds);

  /** A page of documents, the newest first, with the beginning of their content alone. */
  Uni<List<IndexedDocument>> list(String collection, DocumentFilter filter, PageRequest page);

  /** How many documents the filter lets through. */
  Uni<Long> count(String collection, DocumentFilter filter);

  /** How many documents there are, counted in a transaction that adds some. */
  Uni<Long> countAll(SqlConnection transaction, String collection);

  /** Takes a document out of everybody's sight, to be removed; false when there is none. */
  Uni<Boolean> delete(String collection, String documentId, Instant now);

  /** How much there is. */
  Uni<KnowledgeStats> stats(String collection);

  /** Metadata of those documents that are there, for hits of a search. */
  Uni<Map<String, DocumentLabel>> labels(String collection, List<String> documentIds);

  /**
   * What is shown of a document beside a chunk of it.
   *
   * @param title its title
   * @param documentType its kind
   */
  record DocumentLabel(String title, String documentType) {}
}
