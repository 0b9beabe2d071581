package com.faultmaven.common.model.cases;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.model.Checks;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingResult;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fact that bears on a case (specification 3.2, table evidence).
 *
 * @param evidenceId id, unique within the case
 * @param caseId the case
 * @param content the evidence itself
 * @param sourceType where it comes from
 * @param form typed in, or out of a document
 * @param rawArtifactS3Key key of the raw file, null when there is none
 * @param preprocessedSummary what preprocessing says of it, null for what users typed in
 * @param classificationDimensions further facts of the classification, a JSON object
 * @param createdAt when it was added
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Evidence(
    String evidenceId,
    String caseId,
    String content,
    EvidenceSourceType sourceType,
    EvidenceForm form,
    @Nullable String rawArtifactS3Key,
    @Nullable String preprocessedSummary,
    @Nullable JsonNode classificationDimensions,
    Instant createdAt) {
  public Evidence {
    Checks.text(evidenceId, "evidence_id");
    Checks.text(caseId, "case_id");
    Checks.text(content, "content");
    requireNonNull(sourceType, "source_type");
    requireNonNull(form, "form");
    classificationDimensions = Checks.json(classificationDimensions);
    requireNonNull(createdAt, "created_at");
  }

  /** The source that files of the type are evidence from; empty for what cannot be analysed. */
  public static Optional<EvidenceSourceType> sourceOf(DataType type) {
    return switch (type) {
      case LOGS_AND_ERRORS -> Optional.of(EvidenceSourceType.LOG_FILE);
      case METRICS_AND_PERFORMANCE -> Optional.of(EvidenceSourceType.METRICS_DATA);
      case STRUCTURED_CONFIG -> Optional.of(EvidenceSourceType.CONFIG_FILE);
      case SOURCE_CODE -> Optional.of(EvidenceSourceType.CODE_REVIEW);
      case UNSTRUCTURED_TEXT -> Optional.of(EvidenceSourceType.USER_OBSERVATION);
      case VISUAL_EVIDENCE -> Optional.of(EvidenceSourceType.SCREENSHOT);
      case UNANALYZABLE -> Optional.empty();
    };
  }

  /**
   * Makes evidence of a processed file (specification 6.3, pattern 1; decisions, section 3).
   *
   * @return empty when the file cannot be analysed: such a file is kept and is no evidence
   */
  public static Optional<Evidence> fromPreprocessing(
      String evidenceId, PreprocessingResult result, Instant createdAt) {
    return sourceOf(result.dataType())
        .map(
            source ->
                new Evidence(
                    evidenceId,
                    result.caseId(),
                    result.fullExtraction().isBlank() ? result.summary() : result.fullExtraction(),
                    source,
                    EvidenceForm.DOCUMENT,
                    result.s3Key(),
                    result.summary(),
                    dimensions(result),
                    createdAt));
  }

  private static ObjectNode dimensions(PreprocessingResult result) {
    ObjectNode dimensions = JsonNodeFactory.instance.objectNode();
    dimensions.put("file_id", result.fileId());
    dimensions.put("data_type", result.dataType().wireName());
    dimensions.put("confidence_score", result.confidenceScore());
    dimensions.put("pii_detected", result.piiDetected());
    dimensions.put("secrets_detected", result.secretsDetected());
    result.keyInsights().forEach(dimensions.putArray("key_insights")::add);
    return dimensions;
  }
}
