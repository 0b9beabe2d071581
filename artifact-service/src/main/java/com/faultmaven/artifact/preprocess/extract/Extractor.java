package com.faultmaven.artifact.preprocess.extract;

import com.faultmaven.artifact.preprocess.Extraction;
import com.faultmaven.artifact.preprocess.ExtractionContext;
import java.io.IOException;
import java.nio.file.Path;

/** Takes out of a file of one type what an investigation needs (preprocessing.md, extract). */
public interface Extractor {
  /**
   * Extracts.
   *
   * @param file where the bytes are; they may be anything, whatever the type promises
   * @param filename the user's name for the file
   * @throws IOException when the file cannot be read; never because of what is in it
   */
  Extraction extract(Path file, String filename, ExtractionContext context) throws IOException;
}
