package com.faultmaven.artifact.domain;

import static com.faultmaven.common.model.artifact.PreprocessingResult.MAX_EXTRACTION;
import static com.faultmaven.common.model.artifact.PreprocessingResult.MAX_SUMMARY;

import com.faultmaven.artifact.preprocess.Classification;
import com.faultmaven.artifact.preprocess.text.Lines;
import com.faultmaven.common.model.artifact.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A glance at a file: what it is, its first and its last lines.
 *
 * @param summary what it is, at most 500 characters
 * @param text the lines, at most 8,000 characters
 * @param insights three facts
 */
record FilePreview(String summary, String text, List<String> insights) {
  private static final int LINE_LENGTH = 190;
  private static final Set<DataType> TEXTS =
      Set.of(
          DataType.LOGS_AND_ERRORS,
          DataType.METRICS_AND_PERFORMANCE,
          DataType.STRUCTURED_CONFIG,
          DataType.SOURCE_CODE,
          DataType.UNSTRUCTURED_TEXT);

  /** Whether the file can be shown as lines. */
  static boolean isText(Classification found) {
    return TEXTS.contains(found.dataType())
        && (found.mediaType().startsWith("text/")
            || !found.mediaType().startsWith("application/pdf"));
  }

  /**
   * Makes a preview.
   *
   * @param text the file's redacted text; null when it has none
   * @param lines how many lines are shown at the beginning, and as many at the end
   */
  static FilePreview of(
      FileSource file, DataType type, Classification found, @Nullable String text, int lines) {
    Lines all = new Lines(text == null ? "" : text);
    String size = String.format("%,d bytes", file.sizeBytes());
    String count = text == null ? "no text" : String.format("%,d lines", all.count());
    String summary = "Preview of " + type.wireName() + ": " + size + ", " + count + ".";
    List<String> insights =
        List.of(
            "Type: " + type.wireName() + ", confidence " + percent(found.confidence()),
            "Content: " + found.mediaType() + ", " + size,
            "Structure: " + count);
    return new FilePreview(cut(summary, MAX_SUMMARY), shown(all, lines), insights);
  }

  private static String shown(Lines all, int lines) {
    List<String> shown = new ArrayList<>();
    if (all.count() <= 2 * lines) {
      add(shown, all, 0, all.count());
    } else {
      add(shown, all, 0, lines);
      shown.add(String.format("… %,d lines left out …", all.count() - 2 * lines));
      add(shown, all, all.count() - lines, all.count());
    }
    return cut(String.join("\n", shown), MAX_EXTRACTION);
  }

  private static void add(List<String> shown, Lines all, int from, int to) {
    for (int i = from; i < to; i++) {
      shown.add(all.shown(i, LINE_LENGTH));
    }
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  private static String percent(double share) {
    return Math.round(share * 100) + " %";
  }
}
