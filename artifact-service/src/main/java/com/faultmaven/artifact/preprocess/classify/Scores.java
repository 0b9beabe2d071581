package com.faultmaven.artifact.preprocess.classify;

import com.faultmaven.artifact.preprocess.Classification;
import com.faultmaven.common.model.artifact.DataType;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up signals: each that speaks for a type takes its share of the doubt that the others left (1
 * - (1-a)(1-b)), so independent signals strengthen each other and none counts for more than it is
 * worth.
 */
final class Scores {
  private static final double MENTIONED = 0.05;
  private static final double ALTERNATIVE = 0.15;

  private final Map<DataType, Double> doubts = new EnumMap<>(DataType.class);
  private final Map<DataType, Double> factors = new EnumMap<>(DataType.class);

  /** A signal for a type; weight from 0, nothing, to 1, certainty. */
  Scores speaksFor(DataType type, double weight) {
    double bounded = Math.max(0, Math.min(0.99, weight));
    doubts.merge(type, 1 - bounded, (a, b) -> a * b);
    return this;
  }

  /** A signal against a type; weight from 0, nothing, to 1, out of the question. */
  Scores speaksAgainst(DataType type, double weight) {
    factors.merge(type, 1 - Math.max(0, Math.min(1, weight)), (a, b) -> a * b);
    return this;
  }

  /** The likeliest type, and how sure that is: less so when another is close. */
  Classification classification(String mediaType) {
    Map<DataType, Double> scores = new EnumMap<>(DataType.class);
    for (Map.Entry<DataType, Double> doubt : doubts.entrySet()) {
      double score = (1 - doubt.getValue()) * factors.getOrDefault(doubt.getKey(), 1.0);
      if (score >= MENTIONED) {
        scores.put(doubt.getKey(), rounded(score));
      }
    }
    if (scores.isEmpty()) {
      scores.put(DataType.UNSTRUCTURED_TEXT, MENTIONED);
    }
    List<DataType> order =
        scores.keySet().stream()
            .sorted(
                Comparator.comparingDouble((DataType type) -> scores.getOrDefault(type, 0.0))
                    .reversed())
            .toList();
    double first = scores.getOrDefault(order.getFirst(), 0.0);
    double second = order.size() > 1 ? scores.getOrDefault(order.get(1), 0.0) : 0;
    List<DataType> alternatives =
        order.stream()
            .skip(1)
            .filter(type -> scores.getOrDefault(type, 0.0) >= ALTERNATIVE)
            .toList();
    double confidence = rounded(first * (0.6 + 0.4 * (first - second) / first));
    return new Classification(order.getFirst(), confidence, alternatives, scores, mediaType);
  }

  private static double rounded(double score) {
    return Math.round(score * 1_000) / 1_000.0;
  }
}
