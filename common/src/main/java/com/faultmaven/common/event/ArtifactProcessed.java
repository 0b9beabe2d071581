package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.ProcessingMode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded file was preprocessed; every text in it is redacted. A file that is processed again
 * is published again.
 *
 * @param fileId id of the file
 * @param caseId its case
 * @param userId owner of the case
 * @param sessionId the session in which it was uploaded, when there is one
 * @param filename name that it came with
 * @param dataType what is in it
 * @param sizeBytes size in bytes
 * @param s3Key where the raw bytes are
 * @param preprocessingStatus completed or failed
 * @param summary overview, at most 500 characters
 * @param fullExtraction detailed analysis, at most 8,000 characters
 * @param keyInsights bullet points, at most 10
 * @param redactions findings by type, with their counts
 * @param confidenceScore how sure the classification is, 0 to 1
 * @param extractionMethod name of the strategy that was used
 * @param processingMode which of the four choices was made
 * @param uploadedAt when it came
 * @param processedAt when preprocessing ended
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record ArtifactProcessed(
    String fileId,
    String caseId,
    String userId,
    @Nullable String sessionId,
    String filename,
    DataType dataType,
    long sizeBytes,
    String s3Key,
    PreprocessingStatus preprocessingStatus,
    String summary,
    String fullExtraction,
    List<String> keyInsights,
    Map<String, Integer> redactions,
    double confidenceScore,
    String extractionMethod,
    ProcessingMode processingMode,
    Instant uploadedAt,
    Instant processedAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.artifact.processed.v1";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String aggregateId() {
    return caseId;
  }

  @Override
  public EventTopic topic() {
    return EventTopic.ARTIFACTS;
  }
}
