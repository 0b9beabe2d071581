package com.faultmaven.common.model.artifact;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What preprocessing makes of a file (specification 4.4; preprocessing.md, result).
 *
 * @param fileId the file
 * @param caseId its case
 * @param dataType what is in it
 * @param confidenceScore how sure the classification is, 0 to 1
 * @param alternativeTypes what else it could be, likeliest first
 * @param classificationScores score of each type that was considered, 0 to 1
 * @param summary overview, at most {@link #MAX_SUMMARY} characters
 * @param fullExtraction detailed analysis, at most {@link #MAX_EXTRACTION} characters
 * @param keyInsights bullet points, at most 10; 3 at least where the file holds so many
 * @param piiDetected whether personal data was found
 * @param secretsDetected whether secrets were found
 * @param redactions findings by type, with their counts; never a value
 * @param sanitizedContent the redacted text, only when it was asked for
 * @param s3Key where the raw bytes are; only services are told
 * @param preprocessingTimeMs how long it took, in milliseconds
 * @param compressionRatio raw bytes for each byte of the extraction, 0 when there is none
 * @param extractionMethod name of the strategy that was used
 * @param processingMode which of the four choices was made
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreprocessingResult(
    String fileId,
    String caseId,
    DataType dataType,
    double confidenceScore,
    List<DataType> alternativeTypes,
    Map<DataType, Double> classificationScores,
    String summary,
    String fullExtraction,
    List<String> keyInsights,
    boolean piiDetected,
    boolean secretsDetected,
    Map<String, Integer> redactions,
    @Nullable String sanitizedContent,
    @Nullable String s3Key,
    long preprocessingTimeMs,
    double compressionRatio,
    String extractionMethod,
    ProcessingMode processingMode) {
  /** The longest summary, in characters. */
  public static final int MAX_SUMMARY = 500;

  /** The longest extraction, in characters. */
  public static final int MAX_EXTRACTION = 8_000;

  /** The most key insights. */
  public static final int MAX_INSIGHTS = 10;

  public PreprocessingResult {
    Checks.text(fileId, "file_id");
    Checks.text(caseId, "case_id");
    requireNonNull(dataType, "data_type");
    Checks.share(confidenceScore, "confidence_score");
    alternativeTypes = List.copyOf(alternativeTypes);
    classificationScores = ordered(classificationScores);
    atMost(Checks.text(summary, "summary").length(), MAX_SUMMARY, "summary");
    atMost(
        requireNonNull(fullExtraction, "full_extraction").length(),
        MAX_EXTRACTION,
        "full_extraction");
    keyInsights = List.copyOf(keyInsights);
    atMost(keyInsights.size(), MAX_INSIGHTS, "key_insights");
    redactions = ordered(redactions);
    Checks.count(preprocessingTimeMs, "preprocessing_time_ms");
    Checks.text(extractionMethod, "extraction_method");
    requireNonNull(processingMode, "processing_mode");
  }

  /** The same result without what only services may know: the place of the raw bytes. */
  public PreprocessingResult forUsers() {
    return new PreprocessingResult(
        fileId,
        caseId,
        dataType,
        confidenceScore,
        alternativeTypes,
        classificationScores,
        summary,
        fullExtraction,
        keyInsights,
        piiDetected,
        secretsDetected,
        redactions,
        sanitizedContent,
        null,
        preprocessingTimeMs,
        compressionRatio,
        extractionMethod,
        processingMode);
  }

  private static <K, V> Map<K, V> ordered(Map<K, V> map) {
    // Map.copyOf would lose the order, which says which came first.
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  private static void atMost(int size, int limit, String name) {
    if (size > limit) {
      throw new IllegalArgumentException(name + " must be at most " + limit + " long");
    }
  }
}
