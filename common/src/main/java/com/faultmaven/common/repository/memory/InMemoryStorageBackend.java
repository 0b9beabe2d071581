package com.faultmaven.common.repository.memory;

import com.faultmaven.common.repository.ByteRange;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.repository.StorageKeys;
import com.faultmaven.common.repository.StoredContent;
import com.faultmaven.common.repository.StoredObject;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Raw bytes in the memory of this process; for tests and small trials. */
public final class InMemoryStorageBackend implements StorageBackend {
  private static final int PIECE_BYTES = 64 * 1024;

  private record Kept(StoredObject object, ByteBuffer bytes) {}

  private final Clock clock;
  private final ConcurrentSkipListMap<String, Kept> objects = new ConcurrentSkipListMap<>();

  /** An empty backend; the clock stamps what is stored. */
  public InMemoryStorageBackend(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Uni<StoredObject> store(
      String key, Path data, String contentType, Map<String, String> metadata) {
    return Uni.createFrom()
        .item(
            () -> {
              StorageKeys.check(key);
              byte[] bytes = read(data);
              StoredObject object =
                  new StoredObject(
                      key, bytes.length, contentType, digest(bytes), metadata, clock.instant());
              objects.put(key, new Kept(object, ByteBuffer.wrap(bytes)));
              return object;
            })
        // Reading a file blocks; event loops must not.
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  @Override
  public Uni<Optional<StoredObject>> stat(String key) {
    return kept(key).map(found -> found.map(Kept::object));
  }

  @Override
  public Uni<Optional<StoredContent>> retrieve(String key) {
    return retrieve(key, new ByteRange(0, Long.MAX_VALUE - 1));
  }

  @Override
  public Uni<Optional<StoredContent>> retrieve(String key, ByteRange range) {
    return kept(key)
        .map(
            found ->
                found.map(
                    kept ->
                        new StoredContent(
                            kept.object(),
                            Multi.createFrom().iterable(pieces(kept.bytes(), range)))));
  }

  @Override
  public Uni<Boolean> delete(String key) {
    return Uni.createFrom().item(() -> objects.remove(StorageKeys.check(key)) != null);
  }

  @Override
  public Uni<List<StoredObject>> list(String prefix, String after, int limit) {
    return Uni.createFrom()
        .item(
            () -> {
              String from = after.compareTo(prefix) < 0 ? prefix : after;
              return objects.tailMap(from, !from.equals(after)).values().stream()
                  .map(Kept::object)
                  .takeWhile(object -> object.key().startsWith(prefix))
                  .limit(limit)
                  .toList();
            });
  }

  private Uni<Optional<Kept>> kept(String key) {
    return Uni.createFrom().item(() -> Optional.ofNullable(objects.get(StorageKeys.check(key))));
  }

  private static List<ByteBuffer> pieces(ByteBuffer bytes, ByteRange range) {
    int end = (int) Math.min(bytes.capacity(), range.last() + 1);
    List<ByteBuffer> pieces = new ArrayList<>();
    for (long from = range.first(); from < end; from += PIECE_BYTES) {
      int size = (int) Math.min(PIECE_BYTES, end - from);
      pieces.add(bytes.slice((int) from, size).asReadOnlyBuffer());
    }
    return pieces;
  }

  private static byte[] read(Path data) {
    try {
      return Files.readAllBytes(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
