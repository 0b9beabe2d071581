package com.faultmaven.artifact.preprocess.classify;

import com.faultmaven.artifact.preprocess.Classification;
import com.faultmaven.common.model.artifact.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says of which type a file is, by rules over a bounded sample (preprocessing.md, classify). */
public final class RulesClassifier {
  private final int sampleBytes;
  private final MagicBytes magic = new MagicBytes();

  /** Takes how many bytes of a file may be looked at. */
  public RulesClassifier(int sampleBytes) {
    this.sampleBytes = sampleBytes;
  }

  /**
   * Classifies a file.
   *
   * @throws IOException when it cannot be read
   */
  public Classification classify(Path file, String filename, @Nullable String contentType)
      throws IOException {
    Sample sample = Sample.of(file, sampleBytes);
    String mediaType = magic.byContent(sample.head());
    DataType type = BinaryContent.typeOf(mediaType, sample);
    return new Classification(type, 0.9, List.of(), Map.of(type, 0.9), mediaType);
  }
}
