package com.faultmaven.common.privacy;

import java.util.function.Consumer;

/**
 * Private keys in PEM, with line breaks as they are or as {@code \n} in a string; a key that is cut
 * off is taken as far as it goes.
 */
final class PrivateKeyRecogniser implements Recogniser {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int LONGEST_LABEL = 40;

  /** A key of 16,384 bits is about 13,000 characters; log lines around its lines add to that. */
  private static final int LONGEST_KEY = 40_000;

  @Override
  public void find(String text, Consumer<Finding> found) {
    int begin = text.indexOf(BEGIN);
    int end = -1; // the next END, looked for only once it is behind us, so that all is linear
    while (begin >= 0) {
      int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
      int next = begin + BEGIN.length();
      if (labelEnd < 0) {
        return;
      }
      boolean key =
          labelEnd - begin <= LONGEST_LABEL + BEGIN.length()
              && text.substring(begin, labelEnd).contains("PRIVATE KEY");
      if (key) {
        if (end < labelEnd) {
          end = text.indexOf(END, labelEnd);
          end = end < 0 ? Integer.MAX_VALUE : end;
        }
        next = keyEnd(text, labelEnd + DASHES.length(), end);
        found.accept(new Finding(begin, next, FindingType.PRIVATE_KEY));
      }
      begin = text.indexOf(BEGIN, next);
    }
  }

  private static int keyEnd(String text, int body, int end) {
    if (end <= body + LONGEST_KEY && end < text.length()) {
      int label = end + END.length();
      int dashes = text.indexOf(DASHES, label);
      return dashes >= 0 && dashes - label <= LONGEST_LABEL ? dashes + DASHES.length() : label;
    }
    int i = body;
    while (i < text.length()
        && (Character.isWhitespace(text.charAt(i)) || isBody(text.charAt(i)))) {
      i++;
    }
    while (i > body && Character.isWhitespace(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isBody(char c) {
    return Characters.isAlphanumeric(c) || "+/=\\".indexOf(c) >= 0;
  }
}
