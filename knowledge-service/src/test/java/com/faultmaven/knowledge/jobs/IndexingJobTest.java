package com.faultmaven.knowledge.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.knowledge.CollectionName;
import com.faultmaven.common.model.knowledge.DocumentMetadata;
import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.model.knowledge.VectorCollection;
import com.faultmaven.common.model.knowledge.VectorDocument;
import com.faultmaven.common.repository.VectorStore;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.knowledge.domain.IndexQueue;
import com.faultmaven.knowledge.domain.IndexTask;
import com.faultmaven.knowledge.domain.Indexing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a process leaves behind that dies while it indexes, at each of its steps. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class IndexingJobTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LARGE =
      "The disk of the node is full and pods are evicted. ".repeat(200);

  @Inject Pool pool;
  @Inject VectorStore vectors;
  @Inject IndexQueue queue;
  @Inject Indexing indexing;

  private final String collection = CollectionName.ofUser(Ids.next());

  @Test
  void indexesWhatWasNeverBegun() {
    insert("d", LARGE, "pending", null, 0, past());
    awaitStatus("d", "indexed");
    assertThat(stored()).hasSizeGreaterThan(3);
    assertThat(announcements("d")).isEqualTo(1);
  }

  @Test
  void takesOverWhatADeadProcessWasIndexing() {
    insert("d", LARGE, "indexing", "a-dead-process", 0, past());
    awaitStatus("d", "indexed");
    assertThat(stored()).hasSizeGreaterThan(3);
  }

  @Test
  void removesChunksOfALargerRevisionThatWasHalfWritten() {
    done(vectors.ensureCollection(ofModel("bge-small-en-v1.5-q")));
    float[] numbers = new float[384];
    numbers[0] = 1;
    done(
        vectors.addDocuments(
            collection,
            "bge-small-en-v1.5-q",
            List.of(old("d:0", numbers), old("d:7", numbers), old("other:0", numbers))));
    insert("d", "Short now.", "indexing", "a-dead-process", 8, past());

    awaitStatus("d", "indexed");

    assertThat(stored()).extracting(VectorDocument::id).containsExactly("d:0", "other:0");
    assertThat(stored().getFirst().text()).isEqualTo("Short now.");
  }

  @Test
  void finishesARemoval() {
    insert("d", LARGE, "pending", null, 0, past());
    awaitStatus("d", "indexed");
    run(
        "UPDATE knowledge_documents SET status = 'deleting', claim = 'dead', next_attempt_at = $2 WHERE collection = $1",
        past());

    await().atMost(PATIENCE).until(() -> status("d").isEmpty());
    assertThat(stored()).isEmpty();
  }

  @Test
  void leavesAloneWhatALivingProcessIsIndexing() {
    OffsetDateTime later = OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(5);
    insert("claimed", LARGE, "indexing", "alive", 0, later);
    insert("free", "Text", "pending", null, 0, past());
    awaitStatus("free", "indexed");
    assertThat(status("claimed")).isEqualTo("indexing");
  }

  @Test
  void writesNothingForATaskThatIsNoLongerItsOwn() {
    insert(
        "d",
        LARGE,
        "indexing",
        "somebody-else",
        0,
        OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(5));
    IndexTask stale =
        new IndexTask(
            collection,
            "d",
            "me",
            false,
            "t",
            "old text",
            "runbook",
            DocumentMetadata.NONE,
            1,
            0,
            1);

    done(indexing.run(stale));

    assertThat(stored()).isEmpty();
    assertThat(status("d")).isEqualTo("indexing");
  }

  @Test
  void saysThatAnotherModelHasFilledTheCollection() {
    done(vectors.ensureCollection(ofModel("another-model")));
    insert("d", "Text", "pending", null, 0, past());
    awaitStatus("d", "failed");
    assertThat(column("d", "error")).contains("another-model", "re-embed");
    assertThat(stored()).isEmpty();
    assertThat(announcements("d")).isEqualTo(1);
  }

  @Test
  void givesEachDocumentToOneProcessAlone() {
    Instant soon = Instant.now().plusSeconds(60);
    for (int i = 0; i < 6; i++) {
      insert(
          "d" + i, "Text", "pending", null, 0, OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(30));
    }
    List<List<IndexTask>> claimed =
        done(
            Uni.join()
                .all(
                    queue.claim(4, soon, soon.plusSeconds(300)),
                    queue.claim(4, soon, soon.plusSeconds(300)),
                    queue.claim(4, soon, soon.plusSeconds(300)))
                .andFailFast());
    List<String> ids =
        claimed.stream()
            .flatMap(List::stream)
            .filter(task -> task.collection().equals(collection))
            .map(IndexTask::documentId)
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  private void insert(
      String id,
      String content,
      String status,
      @Nullable String claim,
      int written,
      OffsetDateTime due) {
    done(
        pool.preparedQuery(
                """
                INSERT INTO knowledge_documents (collection, document_id, user_id, title, content,
                  document_type, metadata, tags, size_bytes, redactions, revision, status, claim,
                  chunks_written, next_attempt_at, created_at, updated_at)
                VALUES ($1, $2, 'u', 'Title', $3, 'runbook', '{"tags": []}', '{}', 1, '{}', 1, $4, $5, $6,
                  $7, now(), now())
                """)
            .execute(
                Tuple.of(collection, id, content, status, claim)
                    .addInteger(written)
                    .addValue(due)));
  }

  private void run(String statement, OffsetDateTime due) {
    done(pool.preparedQuery(statement).execute(Tuple.of(collection, due)));
  }

  private void awaitStatus(String id, String status) {
    await().atMost(PATIENCE).until(() -> status(id).equals(status));
  }

  private String status(String id) {
    return column(id, "status");
  }

  private String column(String id, String column) {
    for (Row row :
        done(
            pool.preparedQuery(
                    "SELECT * FROM knowledge_documents WHERE collection = $1 AND document_id = $2")
                .execute(Tuple.of(collection, id)))) {
      return String.valueOf(row.getString(column));
    }
    return "";
  }

  private long announcements(String id) {
    return done(
        pool.preparedQuery(
                "SELECT count(*) FROM outbox WHERE aggregate_id = $1 AND data LIKE '%' || $2 || '%'")
            .execute(Tuple.of(id, collection))
            .map(rows -> rows.iterator().next().getLong(0)));
  }

  private List<VectorDocument> stored() {
    return done(vectors.listDocuments(collection, Map.of(), 100, 0));
  }

  private VectorCollection ofModel(String model) {
    return new VectorCollection(
        collection, model, 384, Map.of("type", "user_knowledge_base"), Instant.now());
  }

  private static VectorDocument old(String id, float[] numbers) {
    return new VectorDocument(
        id, "old", Embedding.of(numbers), Map.of("document_id", id.substring(0, id.indexOf(':'))));
  }

  private static OffsetDateTime past() {
    return OffsetDateTime.now(ZoneOffset.UTC).minusSeconds(1);
  }

  private static <T> T done(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
