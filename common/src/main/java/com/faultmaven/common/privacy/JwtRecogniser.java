package com.faultmaven.common.privacy;

import java.util.function.Consumer;

/** JSON web tokens, signed (three parts) or encrypted (five), also without their signature. */
final class JwtRecogniser implements Recogniser {
  /** What a JSON object that begins with a key looks like in base64. */
  private static final String PREFIX = "eyJ";

  private static final int SHORTEST_PART = 8;

  @Override
  public void find(String text, Consumer<Finding> found) {
    int start = text.indexOf(PREFIX);
    while (start >= 0) {
      int end = start;
      int longParts = 0;
      int part = start;
      while (end < text.length() && isPart(text.charAt(end))) {
        if (text.charAt(end) == '.') {
          longParts += end - part >= SHORTEST_PART ? 1 : 0;
          part = end + 1;
        }
        end++;
      }
      longParts += end - part >= SHORTEST_PART ? 1 : 0;
      if (longParts >= 2) {
        found.accept(new Finding(start, end, FindingType.JWT));
      }
      start = text.indexOf(PREFIX, Math.max(end, start + PREFIX.length()));
    }
  }

  private static boolean isPart(char c) {
    return Characters.isWord(c) || c == '-' || c == '.';
  }
}
