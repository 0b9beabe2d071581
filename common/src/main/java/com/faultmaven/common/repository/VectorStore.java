package com.faultmaven.common.repository;

import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.model.knowledge.VectorCollection;
import com.faultmaven.common.model.knowledge.VectorDocument;
import com.faultmaven.common.model.knowledge.VectorHit;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named collections of texts with their vectors (specification 5, 6.1; decisions, section 5).
 *
 * <p>A collection records which model filled it and how long its vectors are; vectors of another
 * model or length are refused with {@link EmbeddingMismatchException}, never mixed. Names are those
 * of {@link com.faultmaven.common.model.knowledge.CollectionName}, and new ones during a
 * re-embedding.
 *
 * <p>Every {@code Uni} fails with {@link StorageUnavailableException} when the server is away.
 * Writes are durable when their {@code Uni} completes, where the store is durable at all.
 */
public interface VectorStore {
  /**
   * Makes the collection unless it is there.
   *
   * @return the collection as stored; fails with {@link EmbeddingMismatchException} when it is
   *     there with another model or dimension
   */
  Uni<VectorCollection> ensureCollection(VectorCollection collection);

  /** The collection's record; empty when there is none. */
  Uni<Optional<VectorCollection>> getCollection(String collection);

  /** All collections whose name begins with the text, by name. */
  Uni<List<VectorCollection>> listCollections(String namePrefix);

  /**
   * Inserts documents, replacing those with the same id, all or nothing.
   *
   * @param embeddingModel name of the model that made the vectors
   * @return fails with {@link MissingRowException} when there is no such collection, and with
   *     {@link EmbeddingMismatchException} when model or dimension is another
   */
  Uni<Void> addDocuments(String collection, String embeddingModel, List<VectorDocument> documents);

  /**
   * Finds the documents whose vectors are nearest to the query's.
   *
   * @param k at most so many, 1 to 200
   * @param filter metadata that a document must have, each equal to the given value; empty for all
   * @return best first, equal scores by id; empty when there is no such collection; fails with
   *     {@link EmbeddingMismatchException} when the query has another dimension
   */
  Uni<List<VectorHit>> search(
      String collection, Embedding query, int k, Map<String, Object> filter);

  /** The documents with the ids, in the order of the ids; those that are not there are left out. */
  Uni<List<VectorDocument>> getDocuments(String collection, List<String> ids);

  /**
   * Documents with the metadata, ordered by id; empty when there is no such collection.
   *
   * @param limit at most so many, 1 to 1000
   * @param offset pass over so many
   */
  Uni<List<VectorDocument>> listDocuments(
      String collection, Map<String, Object> filter, int limit, int offset);

  /** Deletes the documents with the ids; ids and collections that are not there are passed over. */
  Uni<Void> deleteDocuments(String collection, List<String> ids);

  /**
   * Deletes every document with the metadata, at least one condition; nothing when there is none.
   */
  Uni<Void> deleteDocuments(String collection, Map<String, Object> filter);

  /** How many documents the collection holds; 0 when there is no such collection. */
  Uni<Long> count(String collection);

  /** Deletes the collection with all documents; false when there is none. */
  Uni<Boolean> deleteCollection(String collection);
}
