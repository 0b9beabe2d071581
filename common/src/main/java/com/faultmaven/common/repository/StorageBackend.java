package com.faultmaven.common.repository;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Raw bytes by key (specification 4.2, 6.1): uploaded files under {@code
 * artifacts/{case_id}/{file_id}/{filename}}.
 *
 * <p>Keys hold letters, digits and {@code / . _ -}, are at most 1024 characters long, and have no
 * empty and no {@code ..} part; another one fails with {@link IllegalArgumentException}. Every
 * {@code Uni} fails with {@link StorageUnavailableException} when the server is away.
 */
public interface StorageBackend {
  /**
   * Stores the file's bytes under the key, replacing what is there. Nobody ever sees half of them.
   *
   * @param data a file that stays as it is until the {@code Uni} completes; the caller deletes it
   * @param contentType media type
   * @param metadata user metadata; lower-case names of letters, digits and {@code -}, values of
   *     printable ASCII, 2 KB in all
   */
  Uni<StoredObject> store(String key, Path data, String contentType, Map<String, String> metadata);

  /** What is known about the object; empty when there is none. */
  Uni<Optional<StoredObject>> stat(String key);

  /** The object with all its bytes; empty when there is none. */
  Uni<Optional<StoredContent>> retrieve(String key);

  /**
   * The object with a part of its bytes; empty when there is none. A range that begins behind the
   * end gives no bytes, one that ends behind it gives those that there are.
   */
  Uni<Optional<StoredContent>> retrieve(String key, ByteRange range);

  /** Whether there is an object under the key. */
  default Uni<Boolean> exists(String key) {
    return stat(key).map(Optional::isPresent);
  }

  /** Deletes the object; false when there was none. */
  Uni<Boolean> delete(String key);

  /**
   * Objects whose key begins with the text, by key.
   *
   * @param after the last key that was seen; empty text for the beginning
   * @param limit at most so many, 1 to 1000
   */
  Uni<List<StoredObject>> list(String prefix, String after, int limit);
}
