package com.faultmaven.common.repository.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.model.knowledge.VectorCollection;
import com.faultmaven.common.model.knowledge.VectorDocument;
import com.faultmaven.common.repository.VectorStoreContract;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistedVectorStoreTest extends VectorStoreContract {
  private static final String NAME = "case_42";
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");

  @TempDir Path directory;
  private @Nullable InMemoryVectorStore opened;

  @AfterEach
  void close() throws IOException {
    store().close();
  }

  @Override
  protected InMemoryVectorStore store() {
    // Not in a @BeforeEach: the contract's own comes first and needs the store.
    if (opened == null) {
      opened = open();
    }
    return opened;
  }

  private InMemoryVectorStore open() {
    try {
      return new InMemoryVectorStore(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readsEverythingBackAtTheNextStart() throws IOException {
    fill(document("a"), document("b"), document("c"));
    await(store().deleteDocuments(NAME, List.of("b")));

    reopen();

    assertThat(await(store().getCollection(NAME))).contains(collection());
    assertThat(await(store().listDocuments(NAME, Map.of("line", 7, "live", true), 10, 0)))
        .containsExactly(document("a"), document("c"));
  }

  @Test
  void forgetsDeletedCollectionsForGood() throws IOException {
    fill(document("a"));
    await(store().deleteCollection(NAME));

    reopen();

    assertThat(await(store().getCollection(NAME))).isEmpty();
  }

  @Test
  void cutsOffATornLastWrite() throws IOException {
    fill(document("a"));
    Files.writeString(journal(), "0badc0de {\"put\":[{\"id\":\"tor", StandardOpenOption.APPEND);

    reopen();
    assertThat(await(store().count(NAME))).isEqualTo(1);
    await(store().addDocuments(NAME, "model", List.of(document("b"))));
    reopen();

    assertThat(await(store().listDocuments(NAME, Map.of(), 10, 0)))
        .containsExactly(document("a"), document("b"));
  }

  @Test
  void dropsALineWhoseChecksumIsWrong() throws IOException {
    fill(document("a"));
    fill(document("b"));
    String content = Files.readString(journal());
    Files.writeString(journal(), content.replace("\"id\":\"b\"", "\"id\":\"x\""));

    reopen();

    assertThat(await(store().listDocuments(NAME, Map.of(), 10, 0))).containsExactly(document("a"));
  }

  @Test
  void keepsTheFileSmallWhenDocumentsAreReplaced() throws IOException {
    VectorDocument[] documents =
        IntStream.range(0, 100).mapToObj(i -> document("d" + i)).toArray(VectorDocument[]::new);
    fill(documents);
    long once = Files.size(journal());
    for (int i = 0; i < 20; i++) {
      fill(documents);
    }

    assertThat(Files.size(journal())).isLessThan(4 * once);
    reopen();
    assertThat(await(store().count(NAME))).isEqualTo(100);
  }

  @Test
  void refusesADirectoryThatIsInUse() {
    store();

    assertThatThrownBy(() -> new InMemoryVectorStore(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
  }

  private void reopen() throws IOException {
    store().close();
    opened = open();
  }

  private Path journal() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".vectors"))
          .filter(PersistedVectorStoreTest::holdsTheCase)
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean holdsTheCase(Path file) {
    try {
      return Files.readString(file).contains(NAME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill(VectorDocument... documents) {
    await(store().ensureCollection(collection()));
    await(store().addDocuments(NAME, "model", List.of(documents)));
  }

  private static VectorCollection collection() {
    return new VectorCollection(NAME, "model", 2, Map.of("type", "case"), NOW);
  }

  private static VectorDocument document(String id) {
    return new VectorDocument(
        id, "line\n" + id, Embedding.of(0.1f, -3.4e38f), Map.of("line", 7, "live", true));
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }
}
