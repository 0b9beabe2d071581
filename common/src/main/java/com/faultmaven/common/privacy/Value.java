package com.faultmaven.common.privacy;

/**
 * The value of a setting as it stands in a text.
 *
 * @param text its characters without quotes
 * @param start where they begin
 * @param end where they end
 * @param next where to go on: behind the closing quote
 * @param quoted whether quotes are around it
 * @param certain whether it is surely a value and not the next word of a sentence
 */
record Value(String text, int start, int end, int next, boolean quoted, boolean certain) {
  private static final int LONG = 256;

  /**
   * Whether it is longer than anything that only stands for a secret. Such a value is not looked
   * into, so that a text of many overlapping ones takes no more time than its length asks for.
   */
  boolean isLong() {
    return end - start > LONG;
  }

  Value asCertain() {
    return new Value(text, start, end, next, quoted, true);
  }
}
