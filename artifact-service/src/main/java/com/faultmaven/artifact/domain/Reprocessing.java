package com.faultmaven.artifact.domain;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingResult;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.ProcessingMode;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The choice about a file that waits for one, and another try after a failure. */
@ApplicationScoped
public class Reprocessing {
  private static final Logger LOG = Logger.getLogger(Reprocessing.class);

  private final CaseFiles files;
  private final FileStore store;
  private final FilePipeline pipeline;
  private final WorkingFiles working;
  private final Transactions transactions;
  private final Outbox outbox;
  private final StageLog stages;
  private final ProcessingSettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Reprocessing(
      CaseFiles files,
      FileStore store,
      FilePipeline pipeline,
      WorkingFiles working,
      Transactions transactions,
      Outbox outbox,
      StageLog stages,
      ProcessingSettings settings,
      Clock clock) {
    this.files = files;
    this.store = store;
    this.pipeline = pipeline;
    this.working = working;
    this.transactions = transactions;
    this.outbox = outbox;
    this.stages = stages;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Processes a kept file.
   *
   * @param dataType the type that the client insists on; null for the earlier answer
   * @return what was found; fails with 409 {@code already-processed}, {@code already-kept} or
   *     {@code processing-in-progress} when there is nothing to choose, and with a 503 problem,
   *     without any change, when something is away or busy
   */
  public Uni<PreprocessingResult> process(
      String fileId, ProcessingMode mode, @Nullable DataType dataType, Requester requester) {
    return files
        .changeable(fileId, requester)
        .flatMap(file -> claim(file).flatMap(before -> run(file, before, mode, dataType)));
  }

  private Uni<PreprocessingStatus> claim(FileRecord file) {
    Instant now = clock.instant();
    return store
        .claim(file.fileId(), now, now.minus(settings.abandonedAfter()))
        .map(before -> before.orElseThrow(() -> notToBeHad(file)));
  }

  private static Problem notToBeHad(FileRecord file) {
    return file.file().preprocessingStatus() == PreprocessingStatus.COMPLETED
        ? Problem.conflict(
            "already-processed", "The file has been processed; GET it to see the result.")
        : Problem.conflict(
            "processing-in-progress", "The file is being processed; GET it to see how far it is.");
  }

  private Uni<PreprocessingResult> run(
      FileRecord file,
      PreprocessingStatus before,
      ProcessingMode mode,
      @Nullable DataType dataType) {
    stages.reached(file.fileId(), Stage.RECEIVED);
    return refusePreviewOfAnnounced(file, before, mode)
        .chain(() -> files.content(file, null))
        .flatMap(content -> working.with(content, path -> analyse(file, path, mode, dataType)))
        .flatMap(processed -> keep(file, processed))
        .onFailure()
        .call(failure -> giveBack(file, before))
        .onTermination()
        .invoke(() -> stages.ended(file.fileId()));
  }

  // A preview goes by itself and without an event, which others who know of the file would need.
  private static Uni<Void> refusePreviewOfAnnounced(
      FileRecord file, PreprocessingStatus before, ProcessingMode mode) {
    boolean failedMeanwhile =
        before == PreprocessingStatus.FAILED
            && file.file().preprocessingStatus() != PreprocessingStatus.FAILED;
    return mode == ProcessingMode.PREVIEW_NO_CACHE && (file.result() != null || failedMeanwhile)
        ? Uni.createFrom()
            .failure(
                Problem.conflict(
                    "already-kept",
                    "The file is kept with its failed result: choose a mode that keeps it, or"
                        + " delete it."))
        : Uni.createFrom().voidItem();
  }

  private Uni<Processed> analyse(
      FileRecord file, Path path, ProcessingMode mode, @Nullable DataType dataType) {
    FileSource source =
        new FileSource(
            file.fileId(),
            file.file().caseId(),
            path,
            file.file().filename(),
            file.file().sizeBytes(),
            file.contentType(),
            dataType == null ? file.typeOverride() : dataType);
    return pipeline.classify(source).flatMap(found -> pipeline.process(source, found, mode));
  }

  private Uni<PreprocessingResult> keep(FileRecord file, Processed processed) {
    Instant at = clock.instant();
    boolean preview = processed.result().processingMode() == ProcessingMode.PREVIEW_NO_CACHE;
    FileRecord row =
        file.processed(processed, !preview, at, preview ? at.plus(settings.previewKeep()) : null);
    return transactions
        .inTransaction(
            transaction ->
                store
                    .complete(transaction, row)
                    .flatMap(
                        there -> {
                          if (!there) {
                            return Uni.createFrom().<Void>failure(Problem.notFound("file"));
                          }
                          return Announcement.of(row, processed)
                              .map(event -> outbox.append(transaction, event))
                              .orElse(Uni.createFrom().voidItem());
                        }))
        .replaceWith(processed.result().forUsers());
  }

  private Uni<Void> giveBack(FileRecord file, PreprocessingStatus before) {
    return store
        .release(file.fileId(), before)
        .onFailure()
        .invoke(
            failure ->
                LOG.warnf(
                    "File %s can be tried again in %s: %s",
                    file.fileId(), settings.abandonedAfter(), failure.toString()))
        .onFailure()
        .recoverWithNull();
  }
}
