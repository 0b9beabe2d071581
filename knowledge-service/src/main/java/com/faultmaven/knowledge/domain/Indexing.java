package com.faultmaven.knowledge.domain;

import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.DocumentIndexed;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.model.knowledge.VectorCollection;
import com.faultmaven.common.model.knowledge.VectorDocument;
import com.faultmaven.common.repository.EmbeddingMismatchException;
import com.faultmaven.common.repository.VectorStore;
import com.faultmaven.common.web.Problem;
import com.faultmaven.knowledge.domain.embedding.Embedder;
import com.faultmaven.knowledge.domain.embedding.Lane;
import com.faultmaven.knowledge.domain.embedding.WorkLanes;
import com.faultmaven.knowledge.domain.text.Chunker;
import com.faultmaven.knowledge.domain.text.TextChunk;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings documents into the index and out of it. May stop at any line: what is written carries ids
 * made from the document, the row says until the end that the work is not done, and whoever takes
 * the document over writes the same again. Vectors are written while the document's row is locked,
 * so that an older revision never lands on a newer one.
 */
@ApplicationScoped
public class Indexing {
  private static final Logger LOG = Logger.getLogger(Indexing.class);
  private static final int MOST_DOUBLINGS = 16;

  private final IndexQueue queue;
  private final VectorStore vectors;
  private final Embedder embedder;
  private final Chunker chunker;
  private final WorkLanes lanes;
  private final Transactions transactions;
  private final Outbox outbox;
  private final KnowledgeSettings settings;
  private final Clock clock;
  private final MeterRegistry metrics;

  /** Wires the bean. */
  @Inject
  public Indexing(
      IndexQueue queue,
      VectorStore vectors,
      Embedder embedder,
      Chunker chunker,
      WorkLanes lanes,
      Transactions transactions,
      Outbox outbox,
      KnowledgeSettings settings,
      Clock clock,
      MeterRegistry metrics) {
    this.queue = queue;
    this.vectors = vectors;
    this.embedder = embedder;
    this.chunker = chunker;
    this.lanes = lanes;
    this.transactions = transactions;
    this.outbox = outbox;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** The task was taken over or its document has changed: nothing is to be done any more. */
  private static final class NoLongerOursException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoLongerOursException() {
      super("the document has changed or was taken over", null, false, false);
    }
  }

  /** Claims documents that are due, at most so many. */
  public Uni<List<IndexTask>> claim(int limit) {
    return queue.claim(limit, clock.instant(), leaseEnd());
  }

  /** Does a task to its end, whatever that is; fails only when the end cannot be recorded. */
  public Uni<Void> run(IndexTask task) {
    Uni<Void> work = task.removal() ? remove(task) : index(task);
    return work.onFailure(NoLongerOursException.class)
        .recoverWithItem(
            () -> {
              LOG.debugf("%s/%s is no longer ours", task.collection(), task.documentId());
              return null;
            })
        .onFailure()
        .recoverWithUni(failure -> recordFailure(task, failure));
  }

  private Uni<Void> index(IndexTask task) {
    KnowledgeBase base = KnowledgeBase.ofCollection(task.collection());
    return lanes
        .run(Lane.BULK, () -> chunker.chunk(task.content()))
        .flatMap(chunks -> embed(task, chunks))
        .call(documents -> vectors.ensureCollection(collection(base)))
        .call(documents -> ours(queue.plan(task, documents.size())))
        .flatMap(documents -> transactions.inTransaction(tx -> write(tx, task, base, documents)));
  }

  private Uni<List<VectorDocument>> embed(IndexTask task, List<TextChunk> chunks) {
    List<List<TextChunk>> slices = new ArrayList<>();
    for (int from = 0; from < chunks.size(); from += settings.indexingSlice()) {
      slices.add(chunks.subList(from, Math.min(from + settings.indexingSlice(), chunks.size())));
    }
    return Multi.createFrom()
        .iterable(slices)
        .onItem()
        .transformToUniAndConcatenate(
            slice ->
                embedder
                    .embed(
                        slice.stream()
                            .map(chunk -> chunker.embeddedText(task.title(), chunk))
                            .toList(),
                        Lane.BULK)
                    .call(done -> ours(queue.renew(task, leaseEnd())))
                    .map(embeddings -> documents(task, slice, chunks.size(), embeddings)))
        .collect()
        .asList()
        .map(parts -> parts.stream().flatMap(List::stream).toList());
  }

  private static List<VectorDocument> documents(
      IndexTask task, List<TextChunk> chunks, int count, List<Embedding> embeddings) {
    Map<String, Object> facts = new HashMap<>();
    facts.put(Chunks.TITLE, task.title());
    facts.put(Chunks.DOCUMENT_TYPE, task.documentType());
    facts.put("revision", task.revision());
    if (task.metadata().category() != null) {
      facts.put(Chunks.CATEGORY, task.metadata().category());
    }
    task.metadata().tags().forEach(tag -> facts.put(Chunks.tag(tag), true));
    return IntStream.range(0, chunks.size())
        .mapToObj(
            i -> Chunks.document(task.documentId(), chunks.get(i), count, embeddings.get(i), facts))
        .toList();
  }

  private Uni<Void> write(
      SqlConnection tx, IndexTask task, KnowledgeBase base, List<VectorDocument> documents) {
    Instant now = clock.instant();
    List<String> leftOver =
        IntStream.range(documents.size(), Math.max(documents.size(), task.chunksWritten()))
            .mapToObj(position -> Chunks.id(task.documentId(), position))
            .toList();
    return ours(queue.lock(tx, task))
        .chain(() -> vectors.addDocuments(task.collection(), embedder.model(), documents))
        .chain(() -> vectors.deleteDocuments(task.collection(), leftOver))
        .chain(() -> queue.indexed(tx, task, documents.size(), embedder.model(), now))
        .chain(() -> outbox.append(tx, event(task, base, IndexStatus.INDEXED, documents.size())))
        .invoke(
            () -> {
              metrics.counter("faultmaven.knowledge.documents", "outcome", "indexed").increment();
              metrics.counter("faultmaven.knowledge.chunks").increment(documents.size());
            });
  }

  private Uni<Void> remove(IndexTask task) {
    return transactions.inTransaction(
        tx ->
            ours(queue.lock(tx, task))
                .chain(
                    () ->
                        vectors.deleteDocuments(
                            task.collection(), Map.of(Chunks.DOCUMENT_ID, task.documentId())))
                .chain(() -> queue.removed(tx, task)));
  }

  private Uni<Void> recordFailure(IndexTask task, Throwable failure) {
    if (maySucceedLater(task, failure)) {
      LOG.warnf(
          "%s/%s waits for another attempt: %s",
          task.collection(), task.documentId(), failure.toString());
      metrics.counter("faultmaven.knowledge.documents", "outcome", "postponed").increment();
      return queue.postpone(
          task,
          "Indexing waits for another attempt: a store or the embedding model is away.",
          clock.instant().plus(pause(task.attempts())));
    }
    LOG.errorf(failure, "%s/%s cannot be indexed", task.collection(), task.documentId());
    metrics.counter("faultmaven.knowledge.documents", "outcome", "failed").increment();
    String error =
        failure instanceof EmbeddingMismatchException mismatch
            ? String.valueOf(mismatch.getMessage())
            : "Indexing failed; the service's log says why. Send the document again to retry.";
    KnowledgeBase base = KnowledgeBase.ofCollection(task.collection());
    return transactions.inTransaction(
        tx ->
            queue
                .failed(tx, task, error)
                .flatMap(
                    ours ->
                        ours
                            ? outbox.append(tx, event(task, base, IndexStatus.FAILED, 0))
                            : Uni.createFrom().voidItem()));
  }

  private boolean maySucceedLater(IndexTask task, Throwable failure) {
    boolean away =
        DatabaseFailures.isTransient(failure)
            || (failure instanceof Problem problem && problem.status() == 503);
    boolean worthAnother = task.removal() || task.attempts() < settings.indexingAttempts();
    return away || (worthAnother && !(failure instanceof EmbeddingMismatchException));
  }

  private Duration pause(int attempts) {
    Duration pause = Duration.ofMillis(500).multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
    return pause.compareTo(settings.indexingMaxBackoff()) < 0
        ? pause
        : settings.indexingMaxBackoff();
  }

  private DocumentIndexed event(
      IndexTask task, KnowledgeBase base, IndexStatus status, int chunks) {
    @Nullable String owner = base.ownerId();
    return new DocumentIndexed(
        task.documentId(),
        task.collection(),
        owner,
        status.wireName(),
        chunks,
        embedder.model(),
        clock.instant());
  }

  private VectorCollection collection(KnowledgeBase base) {
    return new VectorCollection(
        base.collection(),
        embedder.model(),
        embedder.dimension(),
        base.collectionMetadata(),
        clock.instant());
  }

  private Instant leaseEnd() {
    return clock.instant().plus(settings.indexingLease());
  }

  private static Uni<Boolean> ours(Uni<Boolean> answer) {
    return answer.invoke(
        ours -> {
          if (!ours) {
            throw new NoLongerOursException();
          }
        });
  }
}
