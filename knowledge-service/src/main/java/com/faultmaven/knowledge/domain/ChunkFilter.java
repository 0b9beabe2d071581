package com.faultmaven.knowledge.domain;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which chunks are looked at; null means any.
 *
 * @param documentId of one document, or file
 * @param documentType of documents of one kind, or files of one type of data
 * @param tag of documents with a label
 * @param category of documents that are filed there
 */
public record ChunkFilter(
    @Nullable String documentId,
    @Nullable String documentType,
    @Nullable String tag,
    @Nullable String category) {
  /** Any chunk. */
  public static final ChunkFilter NONE = new ChunkFilter(null, null, null, null);

  Map<String, Object> metadata() {
    Map<String, Object> metadata = new HashMap<>();
    if (documentId != null) {
      metadata.put(Chunks.DOCUMENT_ID, documentId);
    }
    if (documentType != null) {
      metadata.put(Chunks.DOCUMENT_TYPE, documentType);
    }
    if (tag != null) {
      metadata.put(Chunks.tag(tag), true);
    }
    if (category != null) {
      metadata.put(Chunks.CATEGORY, category);
    }
    return metadata;
  }
}
