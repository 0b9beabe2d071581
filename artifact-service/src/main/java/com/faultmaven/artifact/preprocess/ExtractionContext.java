package com.faultmaven.artifact.preprocess;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What extraction is told besides the file itself.
 *
 * @param cleaner takes out personal data and secrets before anything is cut out of a text
 * @param previousVersion raw text of the case's previous version of the same file, for the
 *     difference between two configurations; null when there is none
 * @param stackTraces texts of the same case that hold stack traces, whose frames are looked for in
 *     source code
 */
public record ExtractionContext(
    TextCleaner cleaner, @Nullable String previousVersion, List<String> stackTraces) {
  public ExtractionContext {
    requireNonNull(cleaner, "cleaner");
    stackTraces = List.copyOf(stackTraces);
  }

  /** A context of a file that stands alone. */
  public static ExtractionContext of(TextCleaner cleaner) {
    return new ExtractionContext(cleaner, null, List.of());
  }

  /** The same context with the text of the file's previous version. */
  public ExtractionContext withPreviousVersion(@Nullable String text) {
    return new ExtractionContext(cleaner, text, stackTraces);
  }

  /** The same context with texts that hold stack traces. */
  public ExtractionContext withStackTraces(List<String> texts) {
    return new ExtractionContext(cleaner, previousVersion, texts);
  }
}
