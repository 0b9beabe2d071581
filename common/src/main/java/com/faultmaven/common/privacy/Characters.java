package com.faultmaven.common.privacy;

/** Questions about single characters of a text that several recognisers ask. */
final class Characters {
  private Characters() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isAlphanumeric(char c) {
    return isLetter(c) || isDigit(c);
  }

  static boolean isUpperOrDigit(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Letters, digits and the underscore. */
  static boolean isWord(char c) {
    return isAlphanumeric(c) || c == '_';
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** The character there, or NUL outside the text. */
  static char at(String text, int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : '\0';
  }

  /** Where that many blanks at most, from there on, end. */
  static int afterBlanks(String text, int from, int most) {
    int i = from;
    while (i < text.length() && i - from < most && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Where the line ends: at its line feed or carriage return, or the end of the text. */
  static int lineEnd(String text, int from) {
    int i = from;
    while (i < text.length() && !isLineEnd(text.charAt(i))) {
      i++;
    }
    return i;
  }

  static boolean startsWithIgnoreCase(String text, int from, String prefix) {
    return text.regionMatches(true, from, prefix, 0, prefix.length());
  }
}
