package com.faultmaven.artifact.preprocess.classify;

import com.faultmaven.common.model.artifact.DataType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells files that are no text from those that are. */
final class BinaryContent {
  private static final double CONTROL_SHARE = 0.02;
  private static final double REPLACED_SHARE = 0.20;
  private static final Set<String> DOCUMENTS =
      Set.of(
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "application/vnd.openxmlformats-officedocument.presentationml.presentation",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "application/vnd.oasis.opendocument.text",
          "application/vnd.oasis.opendocument.presentation",
          "application/vnd.oasis.opendocument.spreadsheet");

  private BinaryContent() {}

  /**
   * The type of a file that is no text, or null when it is text.
   *
   * @param byContent media type that the bytes alone speak for
   * @param byName media type that the bytes and the name speak for
   */
  static @Nullable DataType typeOf(String byContent, String byName, Sample sample) {
    if (byContent.equals("application/pdf")) {
      return DataType.VISUAL_EVIDENCE;
    }
    // Text may begin with letters that are magic elsewhere, such as BM or MZ.
    boolean text = isText(sample);
    if (byContent.startsWith("image/") && (!text || byContent.startsWith("image/svg"))) {
      return DataType.VISUAL_EVIDENCE;
    }
    if (text) {
      return null;
    }
    boolean archive =
        byContent.equals("application/zip") || byContent.startsWith("application/x-tika");
    return archive && DOCUMENTS.contains(byName)
        ? DataType.UNSTRUCTURED_TEXT
        : DataType.UNANALYZABLE;
  }

  /** Whether the sample reads as text: few control characters and few bytes that are no text. */
  static boolean isText(Sample sample) {
    String text = sample.text();
    if (text.isBlank() && sample.size() == 0) {
      return false;
    }
    int controls = 0;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      zeros += c == 0 ? 1 : 0;
      controls += isControl(c) ? 1 : 0;
    }
    return zeros == 0
        && controls <= text.length() * CONTROL_SHARE
        && sample.replaced() <= text.length() * REPLACED_SHARE;
  }

  private static boolean isControl(char c) {
    boolean usual = c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0x1B || c == '\b';
    return (c < ' ' && !usual) || c == 0x7F;
  }
}
