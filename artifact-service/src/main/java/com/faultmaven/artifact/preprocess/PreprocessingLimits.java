package com.faultmaven.artifact.preprocess;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.Checks;
import java.time.Duration;

/**
 * Bounds of classification and extraction; all of them positive.
 *
 * @param sampleBytes bytes of a file that classification looks at: head, middle and tail in all
 * @param contextLines lines of a log that are shown before and after its most severe failure
 * @param tailLines last lines of a log without any failure that are shown
 * @param burstErrors errors that make a burst when {@code burstLines} lines hold so many
 * @param burstLines see {@code burstErrors}
 * @param maxTemplates distinct templates that a log's lines are counted under
 * @param maxSeries series of a metrics file that are analysed
 * @param maxPoints samples of a metrics file that are read, over all its series
 * @param maxNodes values of a configuration that are read
 * @param maxDepth how deep a configuration may be nested
 * @param maxAliases YAML aliases to collections that are followed in a document
 * @param maxPages pages of a PDF whose text is read
 * @param maxOcrPages pages or images of one file that are given to OCR
 * @param maxImagePixels width times height of the largest image that is given to OCR
 * @param ocrTimeout how long OCR may take over one image
 * @param ocrCommand the OCR program: a name that is looked for on the PATH, or a path
 */
public record PreprocessingLimits(
    int sampleBytes,
    int contextLines,
    int tailLines,
    int burstErrors,
    int burstLines,
    int maxTemplates,
    int maxSeries,
    int maxPoints,
    int maxNodes,
    int maxDepth,
    int maxAliases,
    int maxPages,
    int maxOcrPages,
    long maxImagePixels,
    Duration ocrTimeout,
    String ocrCommand) {
  public PreprocessingLimits {
    positive(sampleBytes, "sampleBytes");
    positive(contextLines, "contextLines");
    positive(tailLines, "tailLines");
    positive(burstErrors, "burstErrors");
    positive(burstLines, "burstLines");
    positive(maxTemplates, "maxTemplates");
    positive(maxSeries, "maxSeries");
    positive(maxPoints, "maxPoints");
    positive(maxNodes, "maxNodes");
    positive(maxDepth, "maxDepth");
    positive(maxAliases, "maxAliases");
    positive(maxPages, "maxPages");
    positive(maxOcrPages, "maxOcrPages");
    positive(maxImagePixels, "maxImagePixels");
    requireNonNull(ocrTimeout, "ocrTimeout");
    positive(ocrTimeout.toMillis(), "ocrTimeout");
    Checks.text(ocrCommand, "ocrCommand");
  }

  /** The bounds of preprocessing.md, and sensible ones for what it leaves open. */
  public static PreprocessingLimits defaults() {
    return new PreprocessingLimits(
        65_536,
        200,
        500,
        10,
        50,
        1_000,
        200,
        1_000_000,
        20_000,
        64,
        50,
        50,
        5,
        40_000_000,
        Duration.ofSeconds(20),
        "tesseract");
  }

  private static void positive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }
}
