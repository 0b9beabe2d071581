package com.faultmaven.artifact.preprocess;

import com.faultmaven.common.model.artifact.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files to preprocess: those under {@code src/test/resources/preprocess}, and ones made here. */
final class Samples {
  static final Preprocessing ENGINE = new Preprocessing(PreprocessingLimits.defaults());

  /** Leaves text as it is. */
  static final ExtractionContext PLAIN = ExtractionContext.of(text -> text);

  private Samples() {}

  static Path resource(String name) {
    return Path.of("src/test/resources/preprocess").resolve(name);
  }

  static Path file(byte[] content) {
    try {
      Path file = Files.createTempFile(Path.of("target"), "sample", ".bin");
      file.toFile().deleteOnExit();
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path file(String content) {
    return file(content.getBytes(StandardCharsets.UTF_8));
  }

  static Classification classify(String content, String filename) throws IOException {
    Path file = file(content);
    try {
      return ENGINE.classify(file, filename, null);
    } finally {
      Files.delete(file);
    }
  }

  static Extraction extract(String content, String filename, DataType type) throws IOException {
    return extract(content, filename, type, PLAIN);
  }

  static Extraction extract(
      String content, String filename, DataType type, ExtractionContext context)
      throws IOException {
    Path file = file(content);
    try {
      return ENGINE.extract(file, filename, type, context);
    } finally {
      Files.delete(file);
    }
  }

  static Extraction extract(String resource, DataType type) throws IOException {
    return ENGINE.extract(resource(resource), resource, type, PLAIN);
  }
}
