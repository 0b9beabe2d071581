package com.faultmaven.artifact.domain;

import com.faultmaven.artifact.domain.UploadAnswer.FileAnswer;
import com.faultmaven.artifact.preprocess.Classification;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.ProcessingMode;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.thread.CallerContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** One file on its way in: classified, processed or put before a choice, its bytes put into S3. */
@ApplicationScoped
public class Intake {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final FilePipeline pipeline;
  private final ProcessingPool pool;
  private final StorageBackend storage;
  private final StageLog stages;
  private final ProcessingSettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Intake(
      FilePipeline pipeline,
      ProcessingPool pool,
      StorageBackend storage,
      StageLog stages,
      ProcessingSettings settings,
      Clock clock) {
    this.pipeline = pipeline;
    this.pool = pool;
    this.storage = storage;
    this.stages = stages;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What the files of one request have in common, and what they leave behind.
   *
   * @param owned the case
   * @param override the type that the client insists on
   * @param mode the choice that the client has made
   * @param sessionId the session in which it happens
   * @param uploadedBy who does it
   * @param storedKeys keys of the objects that were put
   * @param fileIds ids that were given out
   */
  record Batch(
      CaseOwnership owned,
      @Nullable DataType override,
      @Nullable ProcessingMode mode,
      @Nullable String sessionId,
      String uploadedBy,
      Queue<String> storedKeys,
      Queue<String> fileIds) {
    Batch(
        CaseOwnership owned,
        @Nullable DataType override,
        @Nullable ProcessingMode mode,
        @Nullable String sessionId,
        String uploadedBy) {
      this(
          owned,
          override,
          mode,
          sessionId,
          uploadedBy,
          new ConcurrentLinkedQueue<>(),
          new ConcurrentLinkedQueue<>());
    }
  }

  /**
   * What became of one file.
   *
   * @param answer what its client is told
   * @param file its row, still to be inserted; null when the file was refused
   * @param processed what was found, null when there is nothing yet
   */
  record Taken(FileAnswer answer, @Nullable FileRecord file, @Nullable Processed processed) {}

  /** SHA-256 of each file, hexadecimal, in their order. */
  Uni<List<String>> digests(List<ReceivedFile> files) {
    return pool.run(
        () -> {
          List<String> digests = new ArrayList<>();
          for (ReceivedFile file : files) {
            digests.add(sha256(file.path()));
          }
          return digests;
        });
  }

  /** Processes a file and puts its bytes into S3; its row is for the caller to insert. */
  Uni<Taken> take(Batch batch, ReceivedFile received, String digest) {
    FileSource file =
        new FileSource(
            Ids.next(),
            batch.owned().caseId(),
            received.path(),
            pipeline.redactedName(received.filename()),
            received.sizeBytes(),
            received.contentType(),
            batch.override());
    Instant uploadedAt = clock.instant();
    batch.fileIds().add(file.fileId());
    stages.reached(file.fileId(), Stage.RECEIVED);
    return pipeline
        .classify(file)
        .flatMap(
            found ->
                mustAsk(batch, file, found)
                    ? undecided(batch, file, found, digest, uploadedAt)
                    : processed(batch, file, found, digest, uploadedAt))
        .call(taken -> put(batch, file, received.filename(), digest, taken));
  }

  private Uni<Taken> processed(
      Batch batch, FileSource file, Classification found, String digest, Instant uploadedAt) {
    ProcessingMode mode = batch.mode() == null ? ProcessingMode.OVERVIEW_CACHED : batch.mode();
    boolean preview = mode == ProcessingMode.PREVIEW_NO_CACHE;
    FileRecord bare =
        row(batch, file, found, digest, uploadedAt, PreprocessingStatus.PROCESSING, null, null);
    return pipeline
        .process(file, found, mode)
        .map(
            processed -> {
              Instant at = clock.instant();
              FileRecord row =
                  bare.processed(
                      processed, !preview, at, preview ? at.plus(settings.previewKeep()) : null);
              FileAnswer answer =
                  FileAnswer.processed(
                      file.filename(), location(file), processed.result().forUsers());
              return new Taken(answer, row, processed);
            });
  }

  private Uni<Taken> undecided(
      Batch batch, FileSource file, Classification found, String digest, Instant uploadedAt) {
    Instant decideBy = uploadedAt.plus(settings.undecidedKeep());
    return pipeline
        .preview(file, found)
        .map(
            preview -> {
              Decision decision =
                  new Decision(
                      file.fileId(),
                      file.caseId(),
                      file.filename(),
                      file.sizeBytes(),
                      PreprocessingStatus.AWAITING_DECISION,
                      FilePipeline.typeOf(file, found),
                      found.confidence(),
                      preview,
                      Decision.choicesFor(file.sizeBytes()),
                      decideBy);
              FileRecord row =
                  row(
                      batch,
                      file,
                      found,
                      digest,
                      uploadedAt,
                      PreprocessingStatus.AWAITING_DECISION,
                      decision,
                      decideBy);
              return new Taken(
                  FileAnswer.undecided(file.filename(), location(file), decision), row, null);
            });
  }

  private boolean mustAsk(Batch batch, FileSource file, Classification found) {
    if (batch.mode() != null) {
      return false;
    }
    return switch (FilePipeline.typeOf(file, found)) {
      case UNANALYZABLE -> false;
      case VISUAL_EVIDENCE -> file.sizeBytes() >= settings.decisionImageBytes();
      default -> file.sizeBytes() >= settings.decisionTextBytes();
    };
  }

  private Uni<Void> put(
      Batch batch, FileSource file, String originalName, String digest, Taken taken) {
    FileRecord row = taken.file();
    if (row == null) {
      return Uni.createFrom().voidItem();
    }
    Map<String, String> metadata =
        Map.of(
            "filename", URLEncoder.encode(originalName, StandardCharsets.UTF_8),
            "file-id", file.fileId(),
            "sha256", digest);
    String key = row.file().s3Key();
    return CallerContext.resume(storage.store(key, file.path(), row.contentType(), metadata))
        .invoke(
            stored -> {
              batch.storedKeys().add(key);
              stages.reached(file.fileId(), Stage.STORED);
            })
        .replaceWithVoid();
  }

  private static FileRecord row(
      Batch batch,
      FileSource file,
      Classification found,
      String digest,
      Instant uploadedAt,
      PreprocessingStatus status,
      @Nullable Decision decision,
      @Nullable Instant expiresAt) {
    return new FileRecord(
        new UploadedFile(
            file.fileId(),
            file.caseId(),
            file.filename(),
            FilePipeline.typeOf(file, found),
            file.sizeBytes(),
            "artifacts/"
                + file.caseId()
                + "/"
                + file.fileId()
                + "/"
                + FileNames.forKey(file.filename()),
            status,
            null,
            uploadedAt,
            null),
        batch.owned().userId(),
        batch.uploadedBy(),
        batch.sessionId(),
        found.mediaType(),
        digest,
        batch.override(),
        batch.mode(),
        null,
        decision,
        expiresAt);
  }

  private static String location(FileSource file) {
    return "/api/v1/files/" + file.fileId();
  }

  private static String sha256(Path path) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(path)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
