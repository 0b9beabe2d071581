package com.faultmaven.artifact.domain;

import com.faultmaven.artifact.preprocess.PreprocessingLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * Bounds of classification and extraction; the keys begin with {@code faultmaven.extraction}. Each
 * is explained at {@link PreprocessingLimits}.
 */
@ConfigMapping(prefix = "faultmaven.extraction")
public interface ExtractionSettings {
  /** Bytes that classification looks at. */
  @WithDefault("65536")
  int sampleBytes();

  /** Lines around a log's most severe failure. */
  @WithDefault("200")
  int contextLines();

  /** Last lines of a log without a failure. */
  @WithDefault("500")
  int tailLines();

  /** Errors that make a burst. */
  @WithDefault("10")
  int burstErrors();

  /** Lines within which they make one. */
  @WithDefault("50")
  int burstLines();

  /** Templates of a log. */
  @WithDefault("1000")
  int maxTemplates();

  /** Series of a metrics file. */
  @WithDefault("200")
  int maxSeries();

  /** Samples of a metrics file. */
  @WithDefault("1000000")
  int maxPoints();

  /** Values of a configuration. */
  @WithDefault("20000")
  int maxNodes();

  /** Depth of a configuration. */
  @WithDefault("64")
  int maxDepth();

  /** YAML aliases of a document. */
  @WithDefault("50")
  int maxAliases();

  /** Pages of a PDF. */
  @WithDefault("50")
  int maxPages();

  /** Pages or images that are given to OCR. */
  @WithDefault("5")
  int maxOcrPages();

  /** Pixels of the largest image that is given to OCR. */
  @WithDefault("40000000")
  long maxImagePixels();

  /** How long OCR may take over one image. */
  @WithDefault("PT20S")
  Duration ocrTimeout();

  /** The OCR program. */
  @WithDefault("tesseract")
  String ocrCommand();

  /** The bounds as the engine takes them. */
  default PreprocessingLimits limits() {
    return new PreprocessingLimits(
        sampleBytes(),
        contextLines(),
        tailLines(),
        burstErrors(),
        burstLines(),
        maxTemplates(),
        maxSeries(),
        maxPoints(),
        maxNodes(),
        maxDepth(),
        maxAliases(),
        maxPages(),
        maxOcrPages(),
        maxImagePixels(),
        ocrTimeout(),
        ocrCommand());
  }
}
