package com.faultmaven.knowledge.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.model.knowledge.VectorCollection;
import com.faultmaven.common.model.knowledge.VectorDocument;
import com.faultmaven.common.repository.StorageUnavailableException;
import com.faultmaven.common.repository.VectorStore;
import com.faultmaven.common.repository.VectorStoreContract;
import com.faultmaven.local.servers.BackingServers;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on a real Chroma server. */
class ChromaVectorStoreTest extends VectorStoreContract {
  private static final Vertx VERTX = Vertx.vertx();

  @SuppressWarnings("NullAway.Init")
  private static URI url;

  @SuppressWarnings("NullAway.Init")
  private static ChromaVectorStore store;

  @BeforeAll
  static void connect() {
    URI served = BackingServers.forTests().chromaUrl();
    Assumptions.assumeTrue(served != null, "no Chroma here: it needs Node on Linux");
    url = served;
    store = new ChromaVectorStore(VERTX, url, settings("faultmaven.chroma.batch-size", "7"));
  }

  @AfterAll
  static void disconnect() {
    VERTX.closeAndAwait();
  }

  @Override
  protected VectorStore store() {
    return store;
  }

  @Test
  void seesWhatAnotherReplicaDid() {
    String name = "case_" + Ids.next();
    ChromaVectorStore other = new ChromaVectorStore(VERTX, url, settings());
    await(store.ensureCollection(collection(name)));
    await(store.addDocuments(name, "m", List.of(document("a"))));

    await(other.deleteCollection(name));
    assertThat(await(store.count(name))).isZero();
    await(store.ensureCollection(collection(name)));
    await(store.addDocuments(name, "m", List.of(document("a"))));
    await(other.deleteCollection(name));
    await(other.ensureCollection(collection(name)));

    // The id that was remembered is gone, the name is not.
    await(store.addDocuments(name, "m", List.of(document("b"))));
    assertThat(await(other.listDocuments(name, Map.of(), 10, 0)))
        .extracting(VectorDocument::id)
        .containsExactly("b");
  }

  @Test
  void findsAsManyAsTheContractAllows() {
    String name = "user_kb_" + Ids.next();
    await(store.ensureCollection(collection(name)));
    await(
        store.addDocuments(
            name, "m", IntStream.range(0, 250).mapToObj(i -> document("d" + i)).toList()));

    assertThat(await(store.search(name, Embedding.of(1, 1), 200, Map.of()))).hasSize(200);
  }

  @Test
  void keepsTextsAsTheyAre() {
    String name = "user_kb_" + Ids.next();
    String text = "line\n\t\"quoted\" \\ naïve 漢字 😀 \u0001";
    await(store.ensureCollection(collection(name)));
    await(
        store.addDocuments(
            name,
            "m",
            List.of(
                new VectorDocument(
                    "strange id/ü", text, Embedding.of(1, 0), Map.of("tag:db & x", true)))));

    assertThat(await(store.search(name, Embedding.of(1, 0), 1, Map.of("tag:db & x", true))))
        .singleElement()
        .satisfies(hit -> assertThat(hit.text()).isEqualTo(text));
  }

  @Test
  void saysThatTheServerIsAway() {
    ChromaVectorStore away =
        new ChromaVectorStore(VERTX, URI.create("http://127.0.0.1:1"), settings());
    assertThatThrownBy(() -> await(away.count("case_1")))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("chroma");
  }

  private static VectorCollection collection(String name) {
    return new VectorCollection(
        name, "m", 2, Map.of("type", "case"), Instant.parse("2026-01-01T00:00:00Z"));
  }

  private static VectorDocument document(String id) {
    return new VectorDocument(
        id, id, Embedding.of(1, (id.hashCode() % 100) / 100f), Map.of("n", id.length()));
  }

  private static ChromaSettings settings(String... more) {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(ChromaSettings.class);
    for (int i = 0; i + 1 < more.length; i += 2) {
      builder.withDefaultValue(more[i], more[i + 1]);
    }
    return builder.build().getConfigMapping(ChromaSettings.class);
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(30));
  }
}
