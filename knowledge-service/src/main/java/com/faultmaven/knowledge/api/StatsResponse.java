package com.faultmaven.knowledge.api;

import com.faultmaven.knowledge.domain.KnowledgeStats;
import com.faultmaven.knowledge.domain.embedding.Embedder;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How much a knowledge base holds.
 *
 * @param documents documents
 * @param chunks chunks that can be found
 * @param bytes bytes of text in UTF-8
 * @param byStatus documents by how far they are
 * @param embeddingModel model that embeds them
 * @param dimension length of its vectors
 */
@Schema(name = "KnowledgeStats", description = "How much a knowledge base holds")
public record StatsResponse(
    long documents,
    long chunks,
    long bytes,
    Map<String, Long> byStatus,
    @Schema(examples = "bge-small-en-v1.5-q") String embeddingModel,
    @Schema(examples = "384") int dimension) {
  /** What is shown. */
  static StatsResponse of(KnowledgeStats stats, Embedder embedder) {
    return new StatsResponse(
        stats.documents(),
        stats.chunks(),
        stats.bytes(),
        stats.byStatus(),
        embedder.model(),
        embedder.dimension());
  }
}
