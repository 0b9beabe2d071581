package com.faultmaven.knowledge.domain;

import com.faultmaven.common.model.knowledge.CollectionName;
import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.model.knowledge.VectorDocument;
import com.faultmaven.common.repository.VectorStore;
import com.faultmaven.knowledge.domain.embedding.Embedder;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds chunks by their meaning (specification 5.5, 5.6). */
@ApplicationScoped
public class Retrieval {
  /** Hits of documents that are on their way out are passed over; so many more are looked for. */
  private static final int SPARE = 10;

  private static final int MOST = 200;

  private final VectorStore vectors;
  private final Documents documents;
  private final Embedder embedder;
  private final KnowledgeSettings settings;

  /** Wires the bean. */
  @Inject
  public Retrieval(
      VectorStore vectors, Documents documents, Embedder embedder, KnowledgeSettings settings) {
    this.vectors = vectors;
    this.documents = documents;
    this.embedder = embedder;
    this.settings = settings;
  }

  /**
   * Chunks of a knowledge base with the text around them, best first.
   *
   * @param k at most so many, 1 to 50
   * @param filter metadata that a chunk must have
   */
  public Uni<List<FoundChunk>> search(KnowledgeBase base, String query, int k, ChunkFilter filter) {
    return embedder
        .embedQuestion(query)
        .flatMap(question -> nearest(base, question, k, filter))
        .flatMap(found -> inContext(base.collection(), found));
  }

  /** Chunks of a case's files with the text around them, best first. */
  public Uni<List<FoundChunk>> searchCase(String caseId, String query, int k, ChunkFilter filter) {
    return embedder
        .embedQuestion(query)
        .flatMap(question -> nearestInCase(caseId, question, k, filter))
        .flatMap(found -> inContext(CollectionName.ofCase(caseId), found));
  }

  /** Chunks of a knowledge base, best first, without the text around them. */
  Uni<List<FoundChunk>> nearest(KnowledgeBase base, Embedding question, int k, ChunkFilter filter) {
    return vectors
        .search(base.collection(), question, Math.min(MOST, k + SPARE), filter.metadata())
        .map(hits -> hits.stream().map(Chunks::found).toList())
        .flatMap(found -> labelled(base, found))
        .map(found -> found.stream().limit(k).toList());
  }

  /** Chunks of a case's files, best first, without the text around them. */
  Uni<List<FoundChunk>> nearestInCase(
      String caseId, Embedding question, int k, ChunkFilter filter) {
    return vectors
        .search(CollectionName.ofCase(caseId), question, k, filter.metadata())
        .map(hits -> hits.stream().map(Chunks::found).toList());
  }

  private Uni<List<FoundChunk>> labelled(KnowledgeBase base, List<FoundChunk> found) {
    List<String> ids = found.stream().map(FoundChunk::documentId).distinct().toList();
    return documents
        .labels(base.collection(), ids)
        .map(
            labels ->
                found.stream()
                    .filter(chunk -> labels.containsKey(chunk.documentId()))
                    .map(
                        chunk ->
                            chunk.labelled(Objects.requireNonNull(labels.get(chunk.documentId()))))
                    .toList());
  }

  private Uni<List<FoundChunk>> inContext(String collection, List<FoundChunk> found) {
    List<String> neighbours =
        found.stream()
            .flatMap(
                chunk ->
                    Stream.of(chunk.position() - 1, chunk.position() + 1)
                        .filter(position -> position >= 0 && position < chunk.chunks())
                        .map(position -> Chunks.id(chunk.documentId(), position)))
            .distinct()
            .toList();
    if (neighbours.isEmpty()) {
      return Uni.createFrom().item(found);
    }
    return vectors
        .getDocuments(collection, neighbours)
        .map(
            around -> {
              Map<String, VectorDocument> byId = new HashMap<>();
              around.forEach(neighbour -> byId.put(neighbour.id(), neighbour));
              return found.stream().map(chunk -> withContext(chunk, byId)).toList();
            });
  }

  private FoundChunk withContext(FoundChunk chunk, Map<String, VectorDocument> around) {
    String before = "";
    VectorDocument previous = around.get(Chunks.id(chunk.documentId(), chunk.position() - 1));
    if (previous != null) {
      // What both hold belongs to the chunk itself.
      int own = Math.clamp(chunk.start() - Chunks.start(previous), 0, previous.text().length());
      before = previous.text().substring(Math.max(0, own - settings.contextCharacters()), own);
    }
    String after = "";
    VectorDocument next = around.get(Chunks.id(chunk.documentId(), chunk.position() + 1));
    if (next != null) {
      int own = Math.clamp(chunk.end() - Chunks.start(next), 0, next.text().length());
      int end = Math.min(next.text().length(), own + settings.contextCharacters());
      after = next.text().substring(own, end);
    }
    return chunk.in(before.strip(), after.strip());
  }
}
