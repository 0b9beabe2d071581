package com.faultmaven.common.repository;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.Checks;
import java.time.Instant;
import java.util.Map;

/**
 * What is known about a stored object.
 *
 * @param key its key
 * @param sizeBytes its size in bytes
 * @param contentType media type, as given
 * @param etag changes whenever the bytes change; without quotes
 * @param metadata user metadata; names are lower-case
 * @param storedAt when it was stored
 */
public record StoredObject(
    String key,
    long sizeBytes,
    String contentType,
    String etag,
    Map<String, String> metadata,
    Instant storedAt) {
  public StoredObject {
    Checks.text(key, "key");
    Checks.count(sizeBytes, "size_bytes");
    Checks.text(contentType, "content_type");
    Checks.text(etag, "etag");
    metadata = Map.copyOf(metadata);
    requireNonNull(storedAt, "stored_at");
  }
}
