package com.faultmaven.artifact.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.faultmaven.artifact.domain.Decision;
import com.faultmaven.artifact.domain.FileRecord;
import com.faultmaven.artifact.domain.Requester;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingResult;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.ProcessingMode;
import com.faultmaven.common.model.artifact.UploadedFile;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A file as it is shown.
 *
 * @param fileId id
 * @param caseId its case
 * @param filename its name
 * @param dataType what is in it
 * @param sizeBytes size in bytes
 * @param contentType media type of the content
 * @param sha256 of the raw bytes, hexadecimal
 * @param preprocessingStatus how far preprocessing is
 * @param preprocessingSummary what preprocessing found
 * @param processingMode which of the four choices was made
 * @param uploadedBy who uploaded it
 * @param uploadedAt when it came
 * @param processedAt when preprocessing ended
 * @param expiresAt when it goes by itself
 * @param s3Key where the raw bytes are; only services are told
 * @param result what preprocessing found, in full; not in lists
 * @param decision what is to be decided; not in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "File")
public record FileView(
    @Schema(examples = "019a0b5e-7c1d-7abc-8def-0123456789ab") String fileId,
    @Schema(examples = "019a0b5e-1111-7abc-8def-0123456789ab") String caseId,
    @Schema(examples = "payment-service.log") String filename,
    DataType dataType,
    @Schema(examples = "48211") long sizeBytes,
    @Schema(examples = "text/plain") String contentType,
    String sha256,
    PreprocessingStatus preprocessingStatus,
    @Nullable String preprocessingSummary,
    @Nullable ProcessingMode processingMode,
    String uploadedBy,
    Instant uploadedAt,
    @Nullable Instant processedAt,
    @Nullable Instant expiresAt,
    @Nullable String s3Key,
    @Nullable PreprocessingResult result,
    @Nullable Decision decision) {
  static FileView of(FileRecord file, Requester requester) {
    UploadedFile known = file.file();
    return new FileView(
        known.fileId(),
        known.caseId(),
        known.filename(),
        known.dataType(),
        known.sizeBytes(),
        file.contentType(),
        file.sha256(),
        known.preprocessingStatus(),
        known.preprocessingSummary(),
        file.mode(),
        file.uploadedBy(),
        known.uploadedAt(),
        known.processedAt(),
        file.expiresAt(),
        requester.service() ? known.s3Key() : null,
        file.result(),
        file.decision());
  }
}
