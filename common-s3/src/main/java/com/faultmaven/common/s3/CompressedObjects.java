package com.faultmaven.common.s3;

import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.repository.StoredContent;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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

  /**
   * An object that was stored.
   *
   * @param sha256 of its content before compression, in hexadecimal
   * @param bytes that it takes in the bucket
   */
  public record Stored(String sha256, long bytes) {}

  /**
   * Stores something, replacing what is there.
   *
   * @param content makes the content, on a worker
   */
  public Uni<Stored> store(String key, Supplier<byte[]> content) {
    return onWorker(() -> compressed(content.get()))
        .flatMap(
            compressed ->
                storage
                    .store(key, compressed.file(), MEDIA_TYPE, Map.of())
                    .map(stored -> new Stored(compressed.sha256(), stored.sizeBytes()))
                    .eventually(() -> onWorker(() -> Files.deleteIfExists(compressed.file()))))
        .plug(CallerContext::resume);
  }

  private record Compressed(Path file, String sha256) {}

  private static Compressed compressed(byte[] content) throws IOException {
    Path file = Files.createTempFile("faultmaven-archive-", ".gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return new Compressed(file, sha256(content));
  }

  /** The SHA-256 of a content, in hexadecimal. */
  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * What is made of the content; empty when there is none. Fails with {@link IllegalStateException}
   * when it is not what this class has stored, or too large.
   *
   * @param reading makes something of it, on a worker
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
                                onWorker(
                                    () -> Optional.of(reading.apply(uncompressed(key, bytes))))))
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

  private byte[] uncompressed(String key, byte[] compressed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      // One byte more than allowed tells that there is more.
      byte[] content = in.readNBytes(largest + 1);
      if (content.length > largest) {
        throw new IllegalStateException(key + " is larger than anything that was ever stored");
      }
      return content;
    } catch (IOException e) {
      // Not as the cause: no store is away, and to try again is of no use.
      throw new IllegalStateException(key + " is no gzip file: " + e.getMessage());
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
