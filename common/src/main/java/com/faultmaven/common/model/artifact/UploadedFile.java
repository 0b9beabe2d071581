package com.faultmaven.common.model.artifact;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Metadata of an uploaded file (specification 3.2, table uploaded_files). Owned by
 * artifact-service; case-service keeps a read model of it (decisions, section 1).
 *
 * @param fileId id
 * @param caseId the case
 * @param filename the name that it came with; untrusted text, never a path
 * @param dataType what is in it
 * @param sizeBytes size in bytes, from 0 to {@link #MAX_SIZE_BYTES}
 * @param s3Key where the raw bytes are
 * @param preprocessingStatus how far preprocessing is
 * @param preprocessingSummary what preprocessing found, null before
 * @param uploadedAt when it came
 * @param processedAt when preprocessing ended, null before
 */
@JsonNaming(SnakeCaseStrategy.class)
public record UploadedFile(
    String fileId,
    String caseId,
    String filename,
    DataType dataType,
    long sizeBytes,
    String s3Key,
    PreprocessingStatus preprocessingStatus,
    @Nullable String preprocessingSummary,
    Instant uploadedAt,
    @Nullable Instant processedAt) {
  /** The largest file that is taken (specification 4.6): 10 MiB. */
  public static final long MAX_SIZE_BYTES = 10_485_760;

  public UploadedFile {
    Checks.text(fileId, "file_id");
    Checks.text(caseId, "case_id");
    Checks.text(filename, "filename");
    requireNonNull(dataType, "data_type");
    if (Checks.count(sizeBytes, "size_bytes") > MAX_SIZE_BYTES) {
      throw new IllegalArgumentException("size_bytes must be at most " + MAX_SIZE_BYTES);
    }
    Checks.text(s3Key, "s3_key");
    requireNonNull(preprocessingStatus, "preprocessing_status");
    requireNonNull(uploadedAt, "uploaded_at");
  }
}
