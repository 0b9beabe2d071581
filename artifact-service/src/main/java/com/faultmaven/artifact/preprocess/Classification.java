package com.faultmaven.artifact.preprocess;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.Checks;
import com.faultmaven.common.model.artifact.DataType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the rules make of a file (specification 4.1; preprocessing.md, classify).
 *
 * @param dataType the likeliest type
 * @param confidence how sure the rules are, 0 to 1
 * @param alternatives other types that are in question, likeliest first
 * @param scores score of every type that any signal speaks for, 0 to 1
 * @param mediaType media type of the content, such as {@code image/png} or {@code text/plain}
 */
public record Classification(
    DataType dataType,
    double confidence,
    List<DataType> alternatives,
    Map<DataType, Double> scores,
    String mediaType) {
  public Classification {
    requireNonNull(dataType, "dataType");
    Checks.share(confidence, "confidence");
    alternatives = List.copyOf(alternatives);
    Map<DataType, Double> byType = new EnumMap<>(DataType.class);
    byType.putAll(scores);
    scores = Collections.unmodifiableMap(byType);
    Checks.text(mediaType, "mediaType");
  }
}
