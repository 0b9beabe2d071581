package com.faultmaven.common.model.knowledge;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.Checks;
import java.time.Instant;
import java.util.Map;

/**
 * A collection of vectors and what it was filled by (decisions, section 5).
 *
 * @param name see {@link CollectionName}
 * @param embeddingModel name of the model that made its vectors
 * @param dimension length of its vectors, at least 1
 * @param metadata further facts (specification 5.4): {@code user_id}, {@code type}
 * @param createdAt when it was made
 */
public record VectorCollection(
    String name,
    String embeddingModel,
    int dimension,
    Map<String, String> metadata,
    Instant createdAt) {
  public VectorCollection {
    Checks.text(name, "name");
    Checks.text(embeddingModel, "embedding_model");
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be at least 1");
    }
    metadata = Map.copyOf(metadata);
    requireNonNull(createdAt, "created_at");
  }
}
