package com.faultmaven.common.model.knowledge;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.Checks;
import java.util.Map;

/**
 * A text that a search has found.
 *
 * @param id id within the collection
 * @param text the text
 * @param metadata its facts
 * @param score cosine similarity to the question, -1 to 1; more is nearer
 */
public record VectorHit(String id, String text, Map<String, Object> metadata, double score) {
  public VectorHit {
    Checks.text(id, "id");
    requireNonNull(text, "text");
    metadata = Map.copyOf(metadata);
  }
}
