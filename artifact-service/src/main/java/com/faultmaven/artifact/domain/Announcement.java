package com.faultmaven.artifact.domain;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.model.artifact.PreprocessingResult;
import com.faultmaven.common.model.artifact.ProcessingMode;
import com.faultmaven.common.model.artifact.UploadedFile;
import java.util.Optional;

/** The event by which the other services learn of a processed file. */
final class Announcement {
  private Announcement() {}

  /** The event; empty for a preview, of which nothing is kept anywhere. */
  static Optional<ArtifactProcessed> of(FileRecord record, Processed processed) {
    PreprocessingResult result = processed.result();
    if (result.processingMode() == ProcessingMode.PREVIEW_NO_CACHE) {
      return Optional.empty();
    }
    UploadedFile file = record.file();
    return Optional.of(
        new ArtifactProcessed(
            file.fileId(),
            file.caseId(),
            record.ownerId(),
            record.sessionId(),
            file.filename(),
            file.dataType(),
            file.sizeBytes(),
            file.s3Key(),
            file.preprocessingStatus(),
            result.summary(),
            result.fullExtraction(),
            result.keyInsights(),
            result.redactions(),
            result.confidenceScore(),
            result.extractionMethod(),
            result.processingMode(),
            file.uploadedAt(),
            requireNonNull(file.processedAt(), "processed_at")));
  }
}
