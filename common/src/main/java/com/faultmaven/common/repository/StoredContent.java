package com.faultmaven.common.repository;

import static java.util.Objects.requireNonNull;

import io.smallrye.mutiny.Multi;
import java.nio.ByteBuffer;

/**
 * A stored object with its bytes.
 *
 * @param object what is known about the whole object
 * @param bytes the bytes that were asked for, in order; may be read once. Whoever has the content
 *     reads or cancels it, otherwise its connection stays taken
 */
public record StoredContent(StoredObject object, Multi<ByteBuffer> bytes) {
  public StoredContent {
    requireNonNull(object, "object");
    requireNonNull(bytes, "bytes");
  }
}
