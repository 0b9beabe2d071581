package com.faultmaven.knowledge.domain;

import com.faultmaven.common.model.knowledge.KnowledgeDocument;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document and how far its way into the index is.
 *
 * @param document the document; in lists its content is a beginning only
 * @param status how far
 * @param error why it cannot be indexed, or why it waits; null when all is well
 * @param revision counts its changes, from 1
 * @param chunks how many chunks can be found
 * @param sizeBytes bytes of its text in UTF-8
 * @param redactions what was taken out of it, by kind
 * @param embeddingModel model that embedded it last; null before
 * @param indexedAt when it was indexed last; null before
 */
public record IndexedDocument(
    KnowledgeDocument document,
    IndexStatus status,
    @Nullable String error,
    long revision,
    int chunks,
    long sizeBytes,
    Map<String, Integer> redactions,
    @Nullable String embeddingModel,
    @Nullable Instant indexedAt) {}
