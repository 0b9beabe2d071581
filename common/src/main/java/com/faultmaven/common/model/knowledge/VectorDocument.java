package com.faultmaven.common.model.knowledge;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.Checks;
import java.util.Map;

/**
 * A text with its vector, as a collection holds it (specification 5.5): a whole small document or
 * one chunk of a large one.
 *
 * @param id unique within its collection
 * @param text what is found and shown
 * @param embedding the text's vector
 * @param metadata facts to filter by and to show; values are texts, numbers and booleans
 */
public record VectorDocument(
    String id, String text, Embedding embedding, Map<String, Object> metadata) {
  public VectorDocument {
    Checks.text(id, "id");
    requireNonNull(text, "text");
    requireNonNull(embedding, "embedding");
    metadata = Map.copyOf(metadata);
    metadata.forEach(
        (name, value) -> {
          if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
            throw new IllegalArgumentException(
                "metadata " + name + " must be a text, a number or a boolean");
          }
        });
  }
}
