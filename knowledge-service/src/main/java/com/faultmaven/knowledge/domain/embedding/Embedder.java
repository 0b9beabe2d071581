package com.faultmaven.knowledge.domain.embedding;

import com.faultmaven.common.model.knowledge.Embedding;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Turns texts into vectors whose cosine says how near their meanings are (decisions, section 5).
 *
 * <p>Every {@code Uni} fails with {@link com.faultmaven.common.web.Problem} 503 when the model is
 * not ready or its bounded queue is full. Items come on the Vert.x context that subscribed.
 */
public interface Embedder {
  /** Name under which collections record the model. */
  String model();

  /** Length of the vectors. */
  int dimension();

  /** Vectors of texts that are to be found, in the texts' order, each of length 1. */
  Uni<List<Embedding>> embed(List<String> texts, Lane lane);

  /** The vector of a question, which looks for texts; of length 1. */
  Uni<Embedding> embedQuestion(String question);

  /** Tells whether the model is loaded; why not, when loading has failed. */
  State state();

  /**
   * How far the model is.
   *
   * @param ready whether texts can be embedded
   * @param detail in words: the model, what it is doing, or why it cannot work
   */
  record State(boolean ready, String detail) {}
}
