package com.faultmaven.artifact.domain;

import com.faultmaven.artifact.preprocess.Preprocessing;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingResult;
import com.faultmaven.common.privacy.Redactor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Set;

/** The whole text of a file without personal data and secrets (specification 4.4), on demand. */
@ApplicationScoped
public class SanitizedContent {
  private static final Set<DataType> WITHOUT_TEXT =
      EnumSet.of(DataType.VISUAL_EVIDENCE, DataType.UNANALYZABLE);

  private final CaseFiles files;
  private final WorkingFiles working;
  private final ProcessingPool pool;
  private final Preprocessing engine;
  private final Redactor redactor;

  /** Wires the bean. */
  @Inject
  public SanitizedContent(
      CaseFiles files,
      WorkingFiles working,
      ProcessingPool pool,
      Preprocessing engine,
      ProcessingSettings settings) {
    this.files = files;
    this.working = working;
    this.pool = pool;
    this.engine = engine;
    this.redactor = Redactor.of(settings.redaction());
  }

  /**
   * The file, its result with the text.
   *
   * @return the file as it was when it has no result, or no text: images, binaries
   */
  public Uni<FileRecord> addTo(FileRecord file) {
    PreprocessingResult result = file.result();
    if (result == null || WITHOUT_TEXT.contains(result.dataType())) {
      return Uni.createFrom().item(file);
    }
    return files
        .content(file, null)
        .flatMap(
            content ->
                working.with(
                    content,
                    path ->
                        pool.run(
                            () -> new FileCleaner(redactor).clean(engine.decode(path).text()))))
        .map(text -> file.with(withText(result, text)));
  }

  private static PreprocessingResult withText(PreprocessingResult result, String text) {
    return new PreprocessingResult(
        result.fileId(),
        result.caseId(),
        result.dataType(),
        result.confidenceScore(),
        result.alternativeTypes(),
        result.classificationScores(),
        result.summary(),
        result.fullExtraction(),
        result.keyInsights(),
        result.piiDetected(),
        result.secretsDetected(),
        result.redactions(),
        text,
        result.s3Key(),
        result.preprocessingTimeMs(),
        result.compressionRatio(),
        result.extractionMethod(),
        result.processingMode());
  }
}
