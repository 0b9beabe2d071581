package com.faultmaven.cases.domain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.event.ArtifactDeleted;
import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.EvidenceForm;
import com.faultmaven.common.model.cases.EvidenceSourceType;
import com.faultmaven.common.model.cases.MessageRole;
import com.faultmaven.common.model.cases.MessageType;
import com.faultmaven.common.repository.CaseRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What a processed file becomes in its case (specification 6.3, pattern 1; decisions, section 3): a
 * row of the files read model, evidence unless it cannot be analysed, and a message when it is new.
 *
 * <p>Evidence and message have the file's id. A file that is processed again changes its evidence
 * instead of adding more.
 */
@ApplicationScoped
public class FileFindings {
  private static final Logger LOG = Logger.getLogger(FileFindings.class);

  private final CaseStore store;
  private final CaseChanges changes;
  private final Outbox outbox;

  /** Wires the bean. */
  @Inject
  public FileFindings(CaseStore store, CaseChanges changes, Outbox outbox) {
    this.store = store;
    this.changes = changes;
    this.outbox = outbox;
  }

  /** Takes a processed file into its case; a case that is gone by now is no error. */
  public Uni<Void> take(SqlConnection tx, ArtifactProcessed file) {
    CaseRepository cases = store.in(tx, Scope.SERVICE);
    return cases
        .getHeader(file.caseId())
        .flatMap(
            found -> {
              if (found.isEmpty()) {
                LOG.infof("File %s dropped: case %s is gone", file.fileId(), file.caseId());
                return Uni.createFrom().voidItem();
              }
              return changes.changeAsService(
                  tx,
                  file.caseId(),
                  found.get().archivedAt() != null,
                  () -> take(tx, cases, found.get(), file));
            });
  }

  private Uni<Void> take(
      SqlConnection tx, CaseRepository cases, Case owner, ArtifactProcessed file) {
    return cases
        .getUploadedFile(file.fileId())
        .flatMap(
            known ->
                cases
                    .putUploadedFile(row(file))
                    .flatMap(stored -> putEvidence(tx, cases, owner, file))
                    .flatMap(
                        done ->
                            known.isPresent()
                                ? Uni.createFrom().voidItem()
                                : cases.addMessages(List.of(message(file)))));
  }

  /** Takes a deleted file out of the read model; evidence that came from it stays. */
  public Uni<Void> remove(SqlConnection tx, ArtifactDeleted file) {
    CaseRepository cases = store.in(tx, Scope.SERVICE);
    return cases
        .getHeader(file.caseId())
        .flatMap(
            found ->
                changes.changeAsService(
                    tx,
                    file.caseId(),
                    found.isPresent() && found.get().archivedAt() != null,
                    () -> cases.deleteUploadedFile(file.fileId())))
        .replaceWithVoid();
  }

  private Uni<Void> putEvidence(
      SqlConnection tx, CaseRepository cases, Case owner, ArtifactProcessed file) {
    Optional<Evidence> evidence = evidence(file);
    if (evidence.isEmpty()) {
      return cases.deleteEvidence(file.caseId(), file.fileId()).replaceWithVoid();
    }
    return cases
        .updateEvidence(file.caseId(), file.fileId(), old -> renewed(old, evidence.get()))
        .flatMap(
            changed ->
                changed.isPresent()
                    ? Uni.createFrom().voidItem()
                    : cases
                        .addEvidence(List.of(evidence.get()))
                        .chain(
                            () ->
                                outbox.append(
                                    tx,
                                    CaseEvidence.added(
                                        owner.caseId(),
                                        owner.userId(),
                                        List.of(evidence.get()),
                                        file.processedAt()))));
  }

  private static Evidence renewed(Evidence old, Evidence fresh) {
    return new Evidence(
        old.evidenceId(),
        old.caseId(),
        fresh.content(),
        fresh.sourceType(),
        fresh.form(),
        fresh.rawArtifactS3Key(),
        fresh.preprocessedSummary(),
        fresh.classificationDimensions(),
        old.createdAt());
  }

  private static Optional<Evidence> evidence(ArtifactProcessed file) {
    if (file.preprocessingStatus() != PreprocessingStatus.COMPLETED) {
      return Optional.empty();
    }
    return Evidence.sourceOf(file.dataType()).map(source -> evidence(file, source));
  }

  private static Evidence evidence(ArtifactProcessed file, EvidenceSourceType source) {
    ObjectNode dimensions = JsonNodeFactory.instance.objectNode();
    dimensions.put("file_id", file.fileId());
    dimensions.put("filename", file.filename());
    dimensions.put("data_type", file.dataType().wireName());
    dimensions.put("confidence_score", file.confidenceScore());
    dimensions.put("extraction_method", file.extractionMethod());
    dimensions.put("processing_mode", file.processingMode().wireName());
    file.keyInsights().forEach(dimensions.putArray("key_insights")::add);
    file.redactions().forEach(dimensions.putObject("redactions")::put);
    return new Evidence(
        file.fileId(),
        file.caseId(),
        file.fullExtraction().isBlank() ? file.summary() : file.fullExtraction(),
        source,
        EvidenceForm.DOCUMENT,
        file.s3Key(),
        file.summary(),
        dimensions,
        file.processedAt());
  }

  private static CaseMessage message(ArtifactProcessed file) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("file_id", file.fileId());
    metadata.put("filename", file.filename());
    metadata.put("data_type", file.dataType().wireName());
    metadata.put("size_bytes", file.sizeBytes());
    return new CaseMessage(
        file.fileId(),
        file.caseId(),
        MessageType.DATA_UPLOAD,
        MessageRole.USER,
        "Uploaded " + file.filename() + ": " + file.summary(),
        metadata,
        file.uploadedAt());
  }

  private static UploadedFile row(ArtifactProcessed file) {
    return new UploadedFile(
        file.fileId(),
        file.caseId(),
        file.filename(),
        file.dataType(),
        file.sizeBytes(),
        file.s3Key(),
        file.preprocessingStatus(),
        file.summary(),
        file.uploadedAt(),
        file.processedAt());
  }
}
