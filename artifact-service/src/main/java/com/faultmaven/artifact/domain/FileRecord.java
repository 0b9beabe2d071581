package com.faultmaven.artifact.domain;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.Checks;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingResult;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.ProcessingMode;
import com.faultmaven.common.model.artifact.UploadedFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file with everything that this service keeps of it.
 *
 * @param file what the specification keeps
 * @param ownerId owner of the case
 * @param uploadedBy who uploaded it: the owner or an admin
 * @param sessionId the session in which it came
 * @param contentType media type of the content
 * @param sha256 of the raw bytes, hexadecimal
 * @param typeOverride the type that the client insisted on
 * @param mode which of the four choices was made, null before
 * @param result what preprocessing found, null before and for a preview, of which nothing is kept
 * @param decision what the client is to decide, null when there is nothing to decide
 * @param expiresAt when the file goes by itself; null when it stays
 */
public record FileRecord(
    UploadedFile file,
    String ownerId,
    String uploadedBy,
    @Nullable String sessionId,
    String contentType,
    String sha256,
    @Nullable DataType typeOverride,
    @Nullable ProcessingMode mode,
    @Nullable PreprocessingResult result,
    @Nullable Decision decision,
    @Nullable Instant expiresAt) {
  public FileRecord {
    requireNonNull(file, "file");
    Checks.text(ownerId, "owner_id");
    Checks.text(uploadedBy, "uploaded_by");
    Checks.text(contentType, "content_type");
    Checks.text(sha256, "sha256");
  }

  /** The file's id. */
  public String fileId() {
    return file.fileId();
  }

  /** The same file with another result. */
  FileRecord with(PreprocessingResult found) {
    return new FileRecord(
        file,
        ownerId,
        uploadedBy,
        sessionId,
        contentType,
        sha256,
        typeOverride,
        mode,
        found,
        decision,
        expiresAt);
  }

  /** The same file after processing. */
  public FileRecord processed(
      Processed processed, boolean keep, Instant at, @Nullable Instant expiry) {
    PreprocessingResult found = processed.result();
    return new FileRecord(
        new UploadedFile(
            file.fileId(),
            file.caseId(),
            file.filename(),
            found.dataType(),
            file.sizeBytes(),
            file.s3Key(),
            processed.failed() ? PreprocessingStatus.FAILED : PreprocessingStatus.COMPLETED,
            keep ? found.summary() : null,
            file.uploadedAt(),
            at),
        ownerId,
        uploadedBy,
        sessionId,
        processed.mediaType(),
        sha256,
        typeOverride,
        found.processingMode(),
        keep ? found : null,
        null,
        expiry);
  }
}
