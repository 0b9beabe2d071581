package com.faultmaven.artifact.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.artifact.domain.Decision;
import com.faultmaven.artifact.domain.FileRecord;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingResult;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.ProcessingMode;
import com.faultmaven.common.model.artifact.UploadedFile;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Between rows of {@code uploaded_files} and {@link FileRecord}. */
@ApplicationScoped
public class FileRows {
  private final ObjectMapper json;

  /** Wires the bean. */
  @Inject
  public FileRows(ObjectMapper json) {
    // Rows may be older or newer than this program.
    this.json = json.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /** Reads a row that holds every column and {@code owner_id}. */
  FileRecord read(Row row) {
    UploadedFile file =
        new UploadedFile(
            row.getString("file_id"),
            row.getString("case_id"),
            row.getString("filename"),
            WireName.require(DataType.class, row.getString("data_type")),
            row.getLong("size_bytes"),
            row.getString("s3_key"),
            WireName.require(PreprocessingStatus.class, row.getString("preprocessing_status")),
            row.getString("preprocessing_summary"),
            Rows.instant(row, "uploaded_at"),
            Rows.instantOrNull(row, "processed_at"));
    String override = row.getString("type_override");
    String mode = row.getString("processing_mode");
    return new FileRecord(
        file,
        row.getString("owner_id"),
        row.getString("uploaded_by"),
        row.getString("session_id"),
        row.getString("content_type"),
        row.getString("sha256"),
        override == null ? null : WireName.require(DataType.class, override),
        mode == null ? null : WireName.require(ProcessingMode.class, mode),
        value(row, "result", PreprocessingResult.class),
        value(row, "decision", Decision.class),
        Rows.instantOrNull(row, "expires_at"));
  }

  /** Parameters of the insertion, in the order of its columns. */
  Tuple parameters(FileRecord record) {
    UploadedFile file = record.file();
    return Tuple.tuple()
        .addString(file.fileId())
        .addString(file.caseId())
        .addString(file.filename())
        .addString(file.dataType().wireName())
        .addLong(file.sizeBytes())
        .addString(file.s3Key())
        .addString(file.preprocessingStatus().wireName())
        .addString(file.preprocessingSummary())
        .addOffsetDateTime(Rows.utc(file.uploadedAt()))
        .addOffsetDateTime(Rows.utcOrNull(file.processedAt()))
        .addString(record.uploadedBy())
        .addString(record.sessionId())
        .addString(record.contentType())
        .addString(record.sha256())
        .addString(name(record.typeOverride()))
        .addString(name(record.mode()))
        .addValue(tree(record.result()))
        .addValue(tree(record.decision()))
        .addOffsetDateTime(Rows.utcOrNull(record.expiresAt()));
  }

  /** Parameters of the completion: id, then its columns in their order. */
  Tuple outcome(FileRecord record) {
    UploadedFile file = record.file();
    return Tuple.tuple()
        .addString(file.fileId())
        .addString(file.dataType().wireName())
        .addString(file.preprocessingStatus().wireName())
        .addString(file.preprocessingSummary())
        .addOffsetDateTime(Rows.utcOrNull(file.processedAt()))
        .addString(record.contentType())
        .addString(name(record.mode()))
        .addValue(tree(record.result()))
        .addOffsetDateTime(Rows.utcOrNull(record.expiresAt()));
  }

  private static @Nullable String name(@Nullable WireName value) {
    return value == null ? null : value.wireName();
  }

  private @Nullable Object tree(@Nullable Object value) {
    return value == null ? null : Rows.jsonb(json.valueToTree(value));
  }

  private <T> @Nullable T value(Row row, String column, Class<T> type) {
    JsonNode tree = Rows.json(row, column);
    if (tree == null) {
      return null;
    }
    try {
      return json.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(column + " of a file cannot be read", e);
    }
  }
}
