package com.faultmaven.artifact.preprocess.extract;

import com.faultmaven.artifact.preprocess.ExtractionContext;
import com.faultmaven.artifact.preprocess.text.DecodedText;
import com.faultmaven.artifact.preprocess.text.TextDecoder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The text of a file, cleaned as a whole before anything is cut out of it.
 *
 * @param text the clean text
 * @param remark what is unusual about the encoding; empty for plain UTF-8
 */
public record CleanText(String text, String remark) {
  /**
   * Reads, decodes and cleans a file.
   *
   * @throws IOException when it cannot be read
   */
  public static CleanText of(Path file, ExtractionContext context) throws IOException {
    DecodedText decoded = TextDecoder.decode(file);
    return new CleanText(context.cleaner().clean(decoded.text()), decoded.remark());
  }
}
