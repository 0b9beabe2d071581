package com.faultmaven.knowledge.domain;

import com.faultmaven.common.event.ArtifactDeleted;
import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.event.CaseCreated;
import com.faultmaven.common.event.CaseDeleted;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.knowledge.CollectionName;
import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.model.knowledge.VectorCollection;
import com.faultmaven.common.repository.VectorStore;
import com.faultmaven.knowledge.domain.embedding.Embedder;
import com.faultmaven.knowledge.domain.embedding.Lane;
import com.faultmaven.knowledge.domain.embedding.WorkLanes;
import com.faultmaven.knowledge.domain.text.Chunker;
import com.faultmaven.knowledge.domain.text.TextChunk;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps what was extracted from a case's files in the case's own collection (specification 4.3).
 * Vectors are written before the transaction of the event commits, with ids made from the file: an
 * event that comes again changes nothing.
 */
@ApplicationScoped
public class CaseFiles {
  private final VectorStore vectors;
  private final Embedder embedder;
  private final Chunker chunker;
  private final WorkLanes lanes;
  private final KnownCases cases;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public CaseFiles(
      VectorStore vectors,
      Embedder embedder,
      Chunker chunker,
      WorkLanes lanes,
      KnownCases cases,
      Clock clock) {
    this.vectors = vectors;
    this.embedder = embedder;
    this.chunker = chunker;
    this.lanes = lanes;
    this.cases = cases;
    this.clock = clock;
  }

  /** Keeps whose a case is. */
  public Uni<Void> created(SqlConnection tx, CaseCreated event) {
    return cases.add(tx, event.caseId(), event.userId(), clock.instant());
  }

  /** Forgets what was found in a case's files. */
  public Uni<Void> deleted(SqlConnection tx, CaseDeleted event) {
    return cases
        .lockAndTellDeleted(tx, event.caseId())
        .chain(() -> cases.delete(tx, event.caseId(), event.userId(), event.deletedAt()))
        .chain(() -> vectors.deleteCollection(CollectionName.ofCase(event.caseId())))
        .replaceWithVoid();
  }

  /** Makes a file findable, in place of what was found in it before. */
  public Uni<Void> processed(SqlConnection tx, ArtifactProcessed event) {
    String text = text(event);
    return cases
        .lockAndTellDeleted(tx, event.caseId())
        .flatMap(
            gone -> {
              if (gone) {
                return Uni.createFrom().voidItem();
              }
              Uni<Void> forgotten = forget(event.caseId(), event.fileId());
              // What failed has nothing to say about the case.
              boolean useful = event.preprocessingStatus() == PreprocessingStatus.COMPLETED;
              return text.isBlank() || !useful
                  ? forgotten
                  : forgotten.chain(() -> index(event, text));
            });
  }

  /** Forgets a file. */
  public Uni<Void> deleted(SqlConnection tx, ArtifactDeleted event) {
    return cases
        .lockAndTellDeleted(tx, event.caseId())
        .chain(() -> forget(event.caseId(), event.fileId()));
  }

  private Uni<Void> index(ArtifactProcessed event, String text) {
    String collection = CollectionName.ofCase(event.caseId());
    return lanes
        .run(Lane.BULK, () -> chunker.chunk(text))
        .flatMap(
            chunks ->
                embedder
                    .embed(
                        chunks.stream()
                            .map(chunk -> chunker.embeddedText(event.filename(), chunk))
                            .toList(),
                        Lane.BULK)
                    .call(() -> vectors.ensureCollection(collection(collection, event)))
                    .chain(embeddings -> add(collection, event, chunks, embeddings)));
  }

  private Uni<Void> add(
      String collection,
      ArtifactProcessed event,
      List<TextChunk> chunks,
      List<Embedding> embeddings) {
    Map<String, Object> facts =
        Map.of(
            Chunks.TITLE,
            event.filename(),
            Chunks.DOCUMENT_TYPE,
            event.dataType().wireName(),
            "file_id",
            event.fileId());
    return vectors.addDocuments(
        collection,
        embedder.model(),
        IntStream.range(0, chunks.size())
            .mapToObj(
                i ->
                    Chunks.document(
                        event.fileId(), chunks.get(i), chunks.size(), embeddings.get(i), facts))
            .toList());
  }

  private Uni<Void> forget(String caseId, String fileId) {
    return vectors.deleteDocuments(
        CollectionName.ofCase(caseId), Map.of(Chunks.DOCUMENT_ID, fileId));
  }

  private VectorCollection collection(String name, ArtifactProcessed event) {
    return new VectorCollection(
        name,
        embedder.model(),
        embedder.dimension(),
        Map.of("type", "case_evidence", "case_id", event.caseId(), "user_id", event.userId()),
        clock.instant());
  }

  /** The insights first: they say in a few words what the extraction shows in many. */
  private static String text(ArtifactProcessed event) {
    String insights =
        event.keyInsights().stream()
            .map(insight -> "- " + insight)
            .collect(Collectors.joining("\n"));
    return (insights.isEmpty() ? event.summary() : insights)
        + (event.fullExtraction().isBlank() ? "" : "\n\n" + event.fullExtraction());
  }
}
