package com.faultmaven.artifact.preprocess;

import static com.faultmaven.common.model.artifact.PreprocessingResult.MAX_EXTRACTION;
import static com.faultmaven.common.model.artifact.PreprocessingResult.MAX_INSIGHTS;
import static com.faultmaven.common.model.artifact.PreprocessingResult.MAX_SUMMARY;

import com.faultmaven.common.model.Checks;
import java.util.List;

/**
 * What was taken out of a file (specification 4.3; preprocessing.md, extract). Everything in it has
 * been through the {@link TextCleaner}.
 *
 * @param summary overview, 1 to 500 characters
 * @param fullExtraction detailed analysis, at most 8,000 characters; what is left out is said
 * @param insights 3 to 10 bullet points, weightiest first
 * @param method name of the strategy that was used, such as {@code crime_scene}
 */
public record Extraction(
    String summary, String fullExtraction, List<String> insights, String method) {
  /** The fewest insights; files that say little are described by size and encoding. */
  public static final int MIN_INSIGHTS = 3;

  public Extraction {
    Checks.text(summary, "summary");
    insights = List.copyOf(insights);
    Checks.text(method, "method");
    if (summary.length() > MAX_SUMMARY || fullExtraction.length() > MAX_EXTRACTION) {
      throw new IllegalArgumentException("summary or extraction is too long");
    }
    if (insights.size() < MIN_INSIGHTS || insights.size() > MAX_INSIGHTS) {
      throw new IllegalArgumentException("there must be 3 to 10 insights");
    }
  }
}
