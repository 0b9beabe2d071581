package com.faultmaven.artifact.preprocess.classify;

import com.faultmaven.common.model.artifact.DataType;

/** Tells files that are no text from those that are. */
final class BinaryContent {
  private static final double CONTROL_SHARE = 0.02;
  private static final double REPLACED_SHARE = 0.20;

  private BinaryContent() {}

  /** Unstructured text where the sample reads as text; else what the magic bytes say. */
  static DataType typeOf(String mediaType, Sample sample) {
    if (mediaType.startsWith("image/") || mediaType.equals("application/pdf")) {
      return DataType.VISUAL_EVIDENCE;
    }
    return isText(sample) ? DataType.UNSTRUCTURED_TEXT : DataType.UNANALYZABLE;
  }

  /** Whether the sample reads as text: few control characters and few bytes that are no text. */
  static boolean isText(Sample sample) {
    String text = sample.text();
    if (text.isEmpty()) {
      return sample.size() > 0 && sample.head().length > 0 && sample.replaced() == 0;
    }
    int controls = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B;
      controls += control || c == 0x7F ? 1 : 0;
    }
    return controls <= text.length() * CONTROL_SHARE
        && sample.replaced() <= text.length() * REPLACED_SHARE;
  }
}
