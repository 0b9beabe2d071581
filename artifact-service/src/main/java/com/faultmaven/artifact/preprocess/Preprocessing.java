package com.faultmaven.artifact.preprocess;

import static java.util.Objects.requireNonNull;

import com.faultmaven.artifact.preprocess.classify.RulesClassifier;
import com.faultmaven.artifact.preprocess.extract.Extractor;
import com.faultmaven.artifact.preprocess.extract.MetadataExtractor;
import com.faultmaven.artifact.preprocess.extract.code.CodePatternExtractor;
import com.faultmaven.artifact.preprocess.extract.config.ConfigurationExtractor;
import com.faultmaven.artifact.preprocess.extract.logs.CrimeSceneExtractor;
import com.faultmaven.artifact.preprocess.extract.metrics.StatisticalAnomalyExtractor;
import com.faultmaven.artifact.preprocess.extract.text.ExtractiveSummaryExtractor;
import com.faultmaven.artifact.preprocess.extract.visual.VisualEvidenceExtractor;
import com.faultmaven.artifact.preprocess.text.DecodedText;
import com.faultmaven.artifact.preprocess.text.TextDecoder;
import com.faultmaven.common.model.artifact.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The preprocessing engine: says of which type a file is, and takes out of it what an investigation
 * needs (specification 4.1 to 4.3; preprocessing.md). Makes no network calls and keeps nothing; its
 * methods block and may be called from several threads at once.
 */
public final class Preprocessing {
  private final RulesClassifier classifier;
  private final MetadataExtractor metadata;
  private final Map<DataType, Extractor> extractors = new EnumMap<>(DataType.class);

  /** Makes an engine; loading the table of magic bytes takes a moment, so make one and keep it. */
  public Preprocessing(PreprocessingLimits limits) {
    requireNonNull(limits, "limits");
    classifier = new RulesClassifier(limits.sampleBytes());
    metadata = new MetadataExtractor(classifier);
    extractors.put(DataType.METRICS_AND_PERFORMANCE, new StatisticalAnomalyExtractor(limits));
    extractors.put(DataType.STRUCTURED_CONFIG, new ConfigurationExtractor(limits));
    extractors.put(DataType.SOURCE_CODE, new CodePatternExtractor());
    extractors.put(DataType.UNSTRUCTURED_TEXT, new ExtractiveSummaryExtractor());
    extractors.put(DataType.VISUAL_EVIDENCE, new VisualEvidenceExtractor(limits));
    extractors.put(DataType.LOGS_AND_ERRORS, new CrimeSceneExtractor(limits));
  }

  /**
   * Says of which type a file is: from its content first, its name second, and what the client
   * called it last.
   *
   * @param file where the bytes are
   * @param filename the user's name for the file; its extension is a hint, nothing more
   * @param contentType media type that the client sent, or null
   * @throws IOException when the file cannot be read; never because of what is in it
   */
  public Classification classify(Path file, String filename, @Nullable String contentType)
      throws IOException {
    return classifier.classify(file, filename, contentType);
  }

  /**
   * Takes out of a file what matters.
   *
   * @param file where the bytes are
   * @param filename the user's name for the file
   * @param type the type that was found, or that the user said
   * @throws IOException when the file cannot be read; never because of what is in it
   */
  public Extraction extract(Path file, String filename, DataType type, ExtractionContext context)
      throws IOException {
    return extractors.getOrDefault(type, metadata).extract(file, filename, context);
  }

  /**
   * Decodes a file as the engine does, for previews and for {@link
   * ExtractionContext#previousVersion()}.
   *
   * @throws IOException when the file cannot be read; never because of what is in it
   */
  public DecodedText decode(Path file) throws IOException {
    return TextDecoder.decode(file);
  }
}
