package com.faultmaven.common.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.id.Ids;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link StorageBackend} does. */
public abstract class StorageBackendContract {
  @TempDir Path files;

  protected abstract StorageBackend backend();

  @Test
  void givesBackBytesTypeAndMetadata() {
    String key = key("app.log");
    StoredObject stored =
        await(
            backend()
                .store(key, file("one\ntwo\n".getBytes(UTF_8)), "text/plain", Map.of("case", "7")));

    assertThat(stored.sizeBytes()).isEqualTo(8);
    assertThat(await(backend().exists(key))).isTrue();
    assertThat(await(backend().stat(key)))
        .hasValueSatisfying(
            found -> {
              assertThat(found.key()).isEqualTo(key);
              assertThat(found.sizeBytes()).isEqualTo(8);
              assertThat(found.contentType()).isEqualTo("text/plain");
              assertThat(found.etag()).isEqualTo(stored.etag());
              assertThat(found.metadata()).containsEntry("case", "7");
            });
    assertThat(bytes(key)).isEqualTo("one\ntwo\n".getBytes(UTF_8));
  }

  @Test
  void carriesLargeObjectsWhole() {
    byte[] large = new byte[3_000_001];
    new Random(7).nextBytes(large);
    String key = key("large.bin");

    await(backend().store(key, file(large), "application/octet-stream", Map.of()));

    assertThat(bytes(key)).isEqualTo(large);
    assertThat(bytes(key, new ByteRange(1_000_000, 2_000_000)))
        .isEqualTo(Arrays.copyOfRange(large, 1_000_000, 2_000_001));
  }

  @Test
  void givesTheRangeThatThereIs() {
    String key = key("digits");
    await(backend().store(key, file("0123456789".getBytes(UTF_8)), "text/plain", Map.of()));

    assertThat(bytes(key, new ByteRange(0, 0))).isEqualTo("0".getBytes(UTF_8));
    assertThat(bytes(key, new ByteRange(7, 99))).isEqualTo("789".getBytes(UTF_8));
    assertThat(bytes(key, new ByteRange(10, 99))).isEmpty();
  }

  @Test
  void replacesWhatIsThere() {
    String key = key("config.yaml");
    StoredObject first =
        await(backend().store(key, file("a".getBytes(UTF_8)), "text/plain", Map.of()));

    StoredObject second =
        await(backend().store(key, file("bb".getBytes(UTF_8)), "text/plain", Map.of()));

    assertThat(bytes(key)).isEqualTo("bb".getBytes(UTF_8));
    assertThat(second.etag()).isNotEqualTo(first.etag());
  }

  @Test
  void knowsNothingOfStrangers() {
    String key = key("missing");

    assertThat(await(backend().stat(key))).isEmpty();
    assertThat(await(backend().exists(key))).isFalse();
    assertThat(await(backend().retrieve(key))).isEmpty();
    assertThat(await(backend().retrieve(key, new ByteRange(0, 1)))).isEmpty();
    assertThat(await(backend().delete(key))).isFalse();
  }

  @Test
  void deletesOnce() {
    String key = key("gone");
    await(backend().store(key, file(new byte[] {1}), "application/octet-stream", Map.of()));

    assertThat(await(backend().delete(key))).isTrue();

    assertThat(await(backend().delete(key))).isFalse();
    assertThat(await(backend().retrieve(key))).isEmpty();
  }

  @Test
  void listsByPrefixInPages() {
    String folder = "artifacts/" + Ids.next() + "/";
    for (String name : List.of("c", "a", "b")) {
      await(backend().store(folder + name, file(new byte[] {1}), "text/plain", Map.of()));
    }

    List<StoredObject> first = await(backend().list(folder, "", 2));
    List<StoredObject> second = await(backend().list(folder, first.getLast().key(), 2));

    assertThat(first).extracting(StoredObject::key).containsExactly(folder + "a", folder + "b");
    assertThat(second).extracting(StoredObject::key).containsExactly(folder + "c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/a", "a//b", "a/../b", "..", "a/./b", "a b", "a\u0000b", "a\\b", "é"})
  void refusesKeysThatAreNone(String key) {
    assertThatThrownBy(
            () -> await(backend().store(key, file(new byte[] {1}), "text/plain", Map.of())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> await(backend().retrieve(key)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> await(backend().delete(key)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private byte[] bytes(String key) {
    return read(await(backend().retrieve(key)).orElseThrow());
  }

  private byte[] bytes(String key, ByteRange range) {
    return read(await(backend().retrieve(key, range)).orElseThrow());
  }

  private static byte[] read(StoredContent content) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer piece : await(content.bytes().collect().asList())) {
      byte[] bytes = new byte[piece.remaining()];
      piece.get(bytes);
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  private Path file(byte[] bytes) {
    try {
      return Files.write(Files.createTempFile(files, "data", ".bin"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(String name) {
    return "artifacts/" + Ids.next() + "/" + Ids.next() + "/" + name;
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(30));
  }
}
