package com.faultmaven.artifact.domain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.ProcessingMode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * What a client is to decide about a large file (preprocessing.md, four processing choices).
 *
 * @param fileId the file
 * @param caseId its case
 * @param filename its name
 * @param sizeBytes its size in bytes
 * @param preprocessingStatus always awaiting_decision
 * @param dataType what it seems to be
 * @param confidenceScore how sure that is, 0 to 1
 * @param preview first and last lines, redacted
 * @param choices what may be chosen
 * @param decideBy when the file is deleted unless a choice was made
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record Decision(
    String fileId,
    String caseId,
    String filename,
    long sizeBytes,
    PreprocessingStatus preprocessingStatus,
    DataType dataType,
    double confidenceScore,
    String preview,
    List<Choice> choices,
    Instant decideBy) {
  /** Bytes of text that the rules work through in a millisecond, measured low. */
  private static final long BYTES_PER_MILLISECOND = 4_000;

  private static final long LEAST_MILLISECONDS = 100;

  public Decision {
    choices = List.copyOf(choices);
  }

  /**
   * One of the four choices.
   *
   * @param processingMode what to send as {@code processing_mode}
   * @param description what it does
   * @param estimatedTimeMs how long it will take, in milliseconds
   * @param estimatedCostUsd what it will cost; 0 where no paid model is asked
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @RegisterForReflection
  public record Choice(
      ProcessingMode processingMode,
      String description,
      long estimatedTimeMs,
      double estimatedCostUsd) {}

  /** The four choices for a file of that size. */
  public static List<Choice> choicesFor(long sizeBytes) {
    long full = LEAST_MILLISECONDS + sizeBytes / BYTES_PER_MILLISECOND;
    return List.of(
        new Choice(
            ProcessingMode.OVERVIEW_CACHED,
            "Analyse the file and keep the overview and the raw file. The default.",
            full,
            0),
        new Choice(
            ProcessingMode.FULL_CACHED,
            "Analyse the file and keep the whole analysis and the raw file.",
            full,
            0),
        new Choice(
            ProcessingMode.TARGETED_SEARCH,
            "Make the file searchable and ask questions about it later.",
            full,
            0),
        new Choice(
            ProcessingMode.PREVIEW_NO_CACHE,
            "Show the structure, the first and the last lines; keep nothing.",
            LEAST_MILLISECONDS + full / 2,
            0));
  }
}
