package com.faultmaven.artifact.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.artifact.preprocess.Classification;
import com.faultmaven.artifact.preprocess.Extraction;
import com.faultmaven.artifact.preprocess.ExtractionContext;
import com.faultmaven.artifact.preprocess.Preprocessing;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingResult;
import com.faultmaven.common.model.artifact.ProcessingMode;
import com.faultmaven.common.privacy.Redactor;
import com.faultmaven.common.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Classify, extract, redact (specification 4.3; preprocessing.md): what happens to a file between
 * its arrival and its storing.
 */
@ApplicationScoped
public class FilePipeline {
  private static final Logger LOG = Logger.getLogger(FilePipeline.class);

  private final Preprocessing engine;
  private final ProcessingPool pool;
  private final CaseHistory history;
  private final Redactor redactor;
  private final StageLog stages;
  private final ProcessingSettings settings;
  private final MeterRegistry metrics;

  /** Wires the bean. */
  @Inject
  public FilePipeline(
      Preprocessing engine,
      ProcessingPool pool,
      CaseHistory history,
      StageLog stages,
      ProcessingSettings settings,
      MeterRegistry metrics) {
    this.engine = engine;
    this.pool = pool;
    this.history = history;
    this.redactor = Redactor.of(settings.redaction());
    this.stages = stages;
    this.settings = settings;
    this.metrics = metrics;
  }

  /**
   * A clean name without what must not be stored beside the raw object: the name goes into rows,
   * events and the index. Its extension stays, by which the rules tell types.
   */
  String redactedName(String cleanName) {
    String redacted = redactor.redact(cleanName).text();
    String extension = FileNames.shortExtension(cleanName);
    return FileNames.clean(redacted.endsWith(extension) ? redacted : redacted + extension);
  }

  /** What the rules say of the file; fails with a 503 problem when too much is waiting. */
  Uni<Classification> classify(FileSource file) {
    return pool.run(() -> engine.classify(file.path(), file.filename(), file.clientType()))
        .invoke(found -> stages.reached(file.fileId(), Stage.CLASSIFIED));
  }

  /** The type that counts: the client's, when there is one. */
  static DataType typeOf(FileSource file, Classification found) {
    DataType override = file.override();
    return override == null ? found.dataType() : override;
  }

  /** First and last lines, redacted. */
  Uni<String> preview(FileSource file, Classification found) {
    return pool.run(() -> previewOf(file, found, new FileCleaner(redactor)).text());
  }

  /**
   * Takes out of the file what the choice asks for.
   *
   * @return also when analysing the content failed: the result says so; fails with a 503 problem
   *     when too much is waiting
   */
  Uni<Processed> process(FileSource file, Classification found, ProcessingMode mode) {
    long started = System.nanoTime();
    Uni<PreprocessingResult> result =
        mode == ProcessingMode.PREVIEW_NO_CACHE
            ? pool.run(() -> previewed(file, found, started))
            : history
                .contextOf(file, typeOf(file, found))
                .flatMap(past -> pool.run(() -> extracted(file, found, mode, past, started)));
    return result
        .map(analysed -> new Processed(analysed, found.mediaType(), false))
        .onFailure(FilePipeline::isAboutContent)
        .recoverWithItem(failure -> failed(file, found, mode, started, failure))
        .invoke(
            processed -> {
              stages.reached(file.fileId(), Stage.EXTRACTED);
              measure(processed, started);
            });
  }

  private PreprocessingResult extracted(
      FileSource file,
      Classification found,
      ProcessingMode mode,
      CaseHistory.Past past,
      long started)
      throws IOException {
    FileCleaner cleaner = new FileCleaner(redactor);
    ExtractionContext context =
        ExtractionContext.of(cleaner)
            .withPreviousVersion(past.previousVersion())
            .withStackTraces(past.stackTraces());
    Extraction extraction =
        engine.extract(file.path(), file.filename(), typeOf(file, found), context);
    return result(file, found, mode, extraction, cleaner, started);
  }

  private PreprocessingResult previewed(FileSource file, Classification found, long started)
      throws IOException {
    FileCleaner cleaner = new FileCleaner(redactor);
    FilePreview preview = previewOf(file, found, cleaner);
    Extraction extraction =
        new Extraction(preview.summary(), preview.text(), preview.insights(), "preview");
    return result(file, found, ProcessingMode.PREVIEW_NO_CACHE, extraction, cleaner, started);
  }

  private FilePreview previewOf(FileSource file, Classification found, FileCleaner cleaner)
      throws IOException {
    String text =
        FilePreview.isText(found) ? cleaner.clean(engine.decode(file.path()).text()) : null;
    return FilePreview.of(file, typeOf(file, found), found, text, settings.previewLines());
  }

  private static PreprocessingResult result(
      FileSource file,
      Classification found,
      ProcessingMode mode,
      Extraction extraction,
      FileCleaner cleaner,
      long started) {
    int kept = extraction.fullExtraction().getBytes(UTF_8).length;
    return new PreprocessingResult(
        file.fileId(),
        file.caseId(),
        typeOf(file, found),
        confidence(file, found),
        alternatives(file, found),
        found.scores(),
        extraction.summary(),
        extraction.fullExtraction(),
        extraction.insights(),
        cleaner.piiDetected(),
        cleaner.secretsDetected(),
        cleaner.counts(),
        null,
        null,
        millisecondsSince(started),
        kept == 0 ? 0 : Math.round(100.0 * file.sizeBytes() / kept) / 100.0,
        extraction.method(),
        mode);
  }

  private Processed failed(
      FileSource file, Classification found, ProcessingMode mode, long started, Throwable failure) {
    // The failure's text may quote the file: its kind alone is logged and shown.
    String reason =
        failure instanceof ProcessingPool.TooSlowException
            ? "it took longer than " + settings.timeout().toSeconds() + " s"
            : "its content cannot be read as " + typeOf(file, found).wireName();
    LOG.warnf("File %s not analysed: %s", file.fileId(), failure.getClass().getName());
    Extraction nothing =
        new Extraction(
            "The file was kept and not analysed: " + reason + ".",
            "",
            List.of(
                "Size: " + file.sizeBytes() + " bytes",
                "Content: " + found.mediaType(),
                "Try again with POST /api/v1/files/" + file.fileId() + "/processing"),
            "none");
    return new Processed(
        result(file, found, mode, nothing, new FileCleaner(redactor), started),
        found.mediaType(),
        true);
  }

  private static boolean isAboutContent(Throwable failure) {
    return !(failure instanceof Problem)
        && !(failure instanceof IOException)
        && !com.faultmaven.common.db.DatabaseFailures.isTransient(failure);
  }

  private static double confidence(FileSource file, Classification found) {
    return file.override() == null ? found.confidence() : 1.0;
  }

  private static List<DataType> alternatives(FileSource file, Classification found) {
    if (file.override() == null) {
      return found.alternatives();
    }
    List<DataType> others = new ArrayList<>();
    others.add(found.dataType());
    others.addAll(found.alternatives());
    others.remove(file.override());
    return others;
  }

  private static long millisecondsSince(long started) {
    return Duration.ofNanos(System.nanoTime() - started).toMillis();
  }

  private void measure(Processed processed, long started) {
    metrics
        .timer(
            "faultmaven.preprocessing",
            "type",
            processed.result().dataType().wireName(),
            "outcome",
            processed.failed() ? "failed" : "completed")
        .record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
  }
}
