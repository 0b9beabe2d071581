package com.faultmaven.common.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.knowledge.CollectionName;
import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.model.knowledge.VectorCollection;
import com.faultmaven.common.model.knowledge.VectorDocument;
import com.faultmaven.common.model.knowledge.VectorHit;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link VectorStore} does. Each test has a collection of its own. */
public abstract class VectorStoreContract {
  private static final String MODEL = "test-model";
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

  private String name = "";

  protected abstract VectorStore store();

  @BeforeEach
  void makeCollection() {
    name = CollectionName.ofUser(Ids.next());
    await(store().ensureCollection(collection(name, MODEL, 3)));
  }

  @Test
  void remembersWhatFilledACollection() {
    VectorCollection again = await(store().ensureCollection(collection(name, MODEL, 3)));

    assertThat(again.embeddingModel()).isEqualTo(MODEL);
    assertThat(await(store().getCollection(name)))
        .hasValueSatisfying(
            found -> {
              assertThat(found.name()).isEqualTo(name);
              assertThat(found.embeddingModel()).isEqualTo(MODEL);
              assertThat(found.dimension()).isEqualTo(3);
              assertThat(found.metadata()).containsEntry("type", "user_knowledge_base");
              assertThat(found.createdAt()).isEqualTo(NOW);
            });
    assertThat(await(store().listCollections(name)))
        .extracting(VectorCollection::name)
        .containsExactly(name);
    assertThat(await(store().getCollection("user_kb_" + Ids.next()))).isEmpty();
  }

  @Test
  void findsTheNearestFirst() {
    add(
        document("east", 1, 0, 0),
        document("north-east", 1, 1, 0),
        document("north", 0, 1, 0),
        document("west", -1, 0, 0));

    List<VectorHit> hits = await(store().search(name, Embedding.of(2f, 0f, 0f), 3, Map.of()));

    assertThat(hits).extracting(VectorHit::id).containsExactly("east", "north-east", "north");
    assertThat(hits.get(0).score()).isEqualTo(1.0, within(1e-4));
    assertThat(hits.get(1).score()).isEqualTo(Math.sqrt(0.5), within(1e-4));
    assertThat(hits.get(2).score()).isEqualTo(0.0, within(1e-4));
    assertThat(hits.get(0).text()).isEqualTo("text of east");
    assertThat(hits.get(0).metadata()).containsEntry("document_id", "doc-east");
  }

  @Test
  void filtersByMetadata() {
    add(
        new VectorDocument("a", "a", Embedding.of(1, 0, 0), Map.of("tag", "db", "page", 1)),
        new VectorDocument("b", "b", Embedding.of(1, 0, 0), Map.of("tag", "db", "page", 2)),
        new VectorDocument("c", "c", Embedding.of(1, 0, 0), Map.of("tag", "net", "live", true)));
    Embedding query = Embedding.of(1, 0, 0);

    assertThat(await(store().search(name, query, 10, Map.of("tag", "db"))))
        .extracting(VectorHit::id)
        .containsExactlyInAnyOrder("a", "b");
    assertThat(await(store().search(name, query, 10, Map.of("tag", "db", "page", 2))))
        .extracting(VectorHit::id)
        .containsExactly("b");
    assertThat(await(store().search(name, query, 10, Map.of("live", true))))
        .extracting(VectorHit::id)
        .containsExactly("c");
    assertThat(await(store().search(name, query, 10, Map.of("tag", "none")))).isEmpty();
    assertThat(await(store().listDocuments(name, Map.of("tag", "db"), 10, 0)))
        .extracting(VectorDocument::id)
        .containsExactly("a", "b");
  }

  @Test
  void replacesDocumentsWithTheSameId() {
    add(document("a", 1, 0, 0));
    add(new VectorDocument("a", "new text", Embedding.of(0, 1, 0), Map.of("k", "new")));

    assertThat(await(store().count(name))).isEqualTo(1);
    assertThat(await(store().getDocuments(name, List.of("a"))))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.text()).isEqualTo("new text");
              assertThat(found.embedding()).isEqualTo(Embedding.of(0, 1, 0));
              assertThat(found.metadata())
                  .containsEntry("k", "new")
                  .doesNotContainKey("document_id");
            });
  }

  @Test
  void neverMixesModels() {
    add(document("a", 1, 0, 0));

    assertMismatch(() -> await(store().ensureCollection(collection(name, "other", 3))));
    assertMismatch(() -> await(store().ensureCollection(collection(name, MODEL, 4))));
    assertMismatch(
        () -> await(store().addDocuments(name, "other", List.of(document("b", 1, 0, 0)))));
    assertMismatch(
        () ->
            await(
                store()
                    .addDocuments(
                        name,
                        MODEL,
                        List.of(
                            document("b", 1, 0, 0),
                            new VectorDocument("c", "c", Embedding.of(1, 2), Map.of())))));
    assertMismatch(() -> await(store().search(name, Embedding.of(1, 2), 1, Map.of())));
    assertThat(await(store().count(name))).isEqualTo(1);
  }

  @Test
  void deletesByIdAndByMetadata() {
    add(
        document("a", 1, 0, 0),
        document("b", 1, 0, 0),
        new VectorDocument("c", "c", Embedding.of(1, 0, 0), Map.of("file_id", "f1")),
        new VectorDocument("d", "d", Embedding.of(1, 0, 0), Map.of("file_id", "f1")));

    await(store().deleteDocuments(name, List.of("a", "unknown")));
    await(store().deleteDocuments(name, Map.of("file_id", "f1")));

    assertThat(await(store().listDocuments(name, Map.of(), 10, 0)))
        .extracting(VectorDocument::id)
        .containsExactly("b");
  }

  @Test
  void listsInPages() {
    add(
        IntStream.range(0, 25)
            .mapToObj(i -> document("id-" + (100 + i), i + 1, 1, 0))
            .toArray(VectorDocument[]::new));

    List<VectorDocument> page = await(store().listDocuments(name, Map.of(), 10, 20));

    assertThat(page)
        .extracting(VectorDocument::id)
        .containsExactly("id-120", "id-121", "id-122", "id-123", "id-124");
  }

  @Test
  void deletesCollections() {
    add(document("a", 1, 0, 0));

    assertThat(await(store().deleteCollection(name))).isTrue();

    assertThat(await(store().deleteCollection(name))).isFalse();
    assertThat(await(store().getCollection(name))).isEmpty();
    assertThat(await(store().count(name))).isZero();
    assertThat(await(store().search(name, Embedding.of(1, 0, 0), 5, Map.of()))).isEmpty();
    assertThat(await(store().listDocuments(name, Map.of(), 5, 0))).isEmpty();
    await(store().deleteDocuments(name, List.of("a")));
    assertThatThrownBy(() -> add(document("a", 1, 0, 0))).isInstanceOf(MissingRowException.class);
  }

  @Test
  void takesManyDocumentsAndConcurrentWriters() {
    Random random = new Random(11);
    List<Uni<?>> writers =
        IntStream.range(0, 10)
            .<Uni<?>>mapToObj(
                batch ->
                    store()
                        .addDocuments(
                            name,
                            MODEL,
                            IntStream.range(0, 60)
                                .mapToObj(
                                    i ->
                                        document(
                                            batch + "-" + i,
                                            random.nextFloat() + 0.1f,
                                            random.nextFloat(),
                                            random.nextFloat()))
                                .toList()))
            .toList();

    await(Uni.combine().all().unis(writers).usingConcurrencyOf(4).discardItems());

    assertThat(await(store().count(name))).isEqualTo(600);
    assertThat(await(store().search(name, Embedding.of(1, 1, 1), 50, Map.of()))).hasSize(50);
  }

  private void add(VectorDocument... documents) {
    await(store().addDocuments(name, MODEL, List.of(documents)));
  }

  private static void assertMismatch(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(EmbeddingMismatchException.class);
  }

  private static VectorCollection collection(String name, String model, int dimension) {
    return new VectorCollection(name, model, dimension, Map.of("type", "user_knowledge_base"), NOW);
  }

  private static VectorDocument document(String id, float x, float y, float z) {
    return new VectorDocument(
        id, "text of " + id, Embedding.of(x, y, z), Map.of("document_id", "doc-" + id));
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(30));
  }
}
