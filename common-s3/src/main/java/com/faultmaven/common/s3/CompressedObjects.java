package com.faultmaven.common.s3;

import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.repository.StoredContent;
import com.faultmaven.common.repository.StoredObject;
import com.faultmaven.common.thread.CallerContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Objects that are gzip files, each written and read as a whole, away from the event loop. */
public final class CompressedObjects {
  private static final String MEDIA_TYPE = "application/gzip";

  private final StorageBackend storage;
  private final int largest;

  /**
   * Objects of a store.
   *
   * @param largest bytes of the largest content that is read, less than 2 GiB
   */
  public CompressedObjects(StorageBackend storage, int largest) {
    this.storage = storage;
    this.largest = largest;
  }

  /** Stores the content, replacing what is there; gives the bytes that it takes there. */
  public Uni<Long> store(String key, byte[] content) {
    return onWorker(() -> compressed(content))
        .flatMap(
            file ->
                storage
                    .store(key, file, MEDIA_TYPE, Map.of())
                    .map(StoredObject::sizeBytes)
                    .eventually(() -> onWorker(() -> Files.deleteIfExists(file))))
        .plug(CallerContext::resume);
  }

  private static Path compressed(byte[] content) throws IOException {
    Path file = Files.createTempFile("faultmaven-archive-", ".gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return file;
  }

  /**
   * The content, read on a worker; empty when there is none.
   *
   * @param reading makes something of it
   */
  public <T> Uni<Optional<T>> read(String key, Function<byte[], T> reading) {
    return storage
        .retrieve(key)
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.<T>empty())
                    : bytes(found.get())
                        .flatMap(
                            bytes ->
                                onWorker(() -> Optional.of(reading.apply(uncompressed(bytes))))))
        .plug(CallerContext::resume);
  }

  private static Uni<byte[]> bytes(StoredContent content) {
    return content
        .bytes()
        .onItem()
        .transform(CompressedObjects::array)
        .collect()
        .in(ByteArrayOutputStream::new, (all, piece) -> all.writeBytes(piece))
        .map(ByteArrayOutputStream::toByteArray);
  }

  private static byte[] array(ByteBuffer piece) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    return bytes;
  }

  private byte[] uncompressed(byte[] compressed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      // One byte more than allowed tells that there is more.
      byte[] content = in.readNBytes(largest + 1);
      if (content.length > largest) {
        throw new IllegalStateException("an archive larger than any that was ever stored");
      }
      return content;
    }
  }

  /** Work that reads and writes files. */
  @FunctionalInterface
  private interface FileWork<T> {
    T run() throws IOException;
  }

  private static <T> Uni<T> onWorker(FileWork<T> work) {
    return Uni.createFrom()
        .item(
            () -> {
              try {
                return work.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }
}
