package com.faultmaven.common.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Reads the value behind a separator in any of the configuration formats: quoted, escaped within
 * another string, a YAML block, the rest of a line, or one word of a log line.
 */
final class ValueReader {
  private static final int MOST_BLANKS = 16;
  private static final String TRIPLE = "\"\"\"";
  private static final String PUNCTUATION = ",;&)}]>|\"'`<";

  private final String text;

  ValueReader(String text) {
    this.text = text;
  }

  /**
   * The value that begins there, blanks aside; null when there is none.
   *
   * @param wholeLine whether the key begins its line, so that the value is the rest of it
   * @param column where on its line the key begins, for YAML blocks
   */
  @Nullable Value read(int from, boolean wholeLine, int column) {
    int i = Characters.afterBlanks(text, from, MOST_BLANKS);
    if (i >= text.length()) {
      return null;
    }
    char c = text.charAt(i);
    if (Characters.isLineEnd(c)) {
      return nextLine(i);
    }
    if (wholeLine && (c == '|' || c == '>') && isBlockHeader(i)) {
      return block(Characters.lineEnd(text, i), column);
    }
    if (c == '\\' && Characters.isQuote(Characters.at(text, i + 1))) {
      return escaped(i);
    }
    if ("rbfu".indexOf(c) >= 0 && Characters.isQuote(Characters.at(text, i + 1))) {
      return quoted(i + 1);
    }
    return Characters.isQuote(c) ? quoted(i) : unquoted(i, wholeLine);
  }

  /** One word from there on, without further ado: the argument of a command line option. */
  @Nullable Value word(int from) {
    char c = Characters.at(text, from);
    if (Characters.isQuote(c)) {
      return quoted(from);
    }
    int end = wordEnd(from);
    return end > from ? value(from, end, end, false, false) : null;
  }

  private Value value(int start, int end, int next, boolean quoted, boolean certain) {
    return new Value(text.substring(start, end), start, end, next, quoted, certain);
  }

  /** JSON may have the value on the line below its key. */
  private @Nullable Value nextLine(int lineEnd) {
    int i = lineEnd;
    while (i < text.length() && i - lineEnd < 2 && Characters.isLineEnd(text.charAt(i))) {
      i++;
    }
    i = Characters.afterBlanks(text, i, 4 * MOST_BLANKS);
    return Characters.at(text, i) == '"' ? quoted(i) : null;
  }

  private Value quoted(int open) {
    if (text.startsWith(TRIPLE, open)) {
      int close = text.indexOf(TRIPLE, open + 3);
      int end = close < 0 ? text.length() : close;
      return value(open + 3, end, Math.min(text.length(), end + 3), true, true);
    }
    char quote = text.charAt(open);
    int i = open + 1;
    while (i < text.length() && !Characters.isLineEnd(text.charAt(i))) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'') {
        i++;
      } else if (c == quote) {
        boolean doubled = quote == '\'' && Characters.at(text, i + 1) == quote;
        if (!doubled) {
          return value(open + 1, i, i + 1, true, true);
        }
        i++;
      }
      i++;
    }
    int end = Math.min(i, text.length());
    return value(open + 1, end, end, true, true);
  }

  private Value escaped(int open) {
    String close = text.substring(open, open + 2);
    int lineEnd = Characters.lineEnd(text, open + 2);
    int end = text.indexOf(close, open + 2);
    int to = end < 0 || end > lineEnd ? lineEnd : end;
    return value(open + 2, to, Math.min(text.length(), to + 2), true, true);
  }

  private boolean isBlockHeader(int i) {
    int end = Characters.lineEnd(text, i);
    return end - i <= 4
        && text.substring(i + 1, end).chars().allMatch(c -> "+-0123456789 ".indexOf(c) >= 0);
  }

  /** The lines below that are indented deeper than the key. */
  private @Nullable Value block(int headerEnd, int column) {
    int start = -1;
    int end = headerEnd;
    int line = headerEnd;
    while (line < text.length()) {
      int from = afterLineBreak(line);
      int first = from;
      while (first < text.length() && Characters.isBlank(text.charAt(first))) {
        first++;
      }
      int to = Characters.lineEnd(text, first);
      if (to > first && first - from <= column) {
        break;
      }
      if (to > first) {
        start = start < 0 ? first : start;
        end = to;
      }
      line = to;
    }
    return start < 0 ? null : value(start, end, end, true, true);
  }

  private int afterLineBreak(int lineEnd) {
    boolean pair = text.charAt(lineEnd) == '\r' && Characters.at(text, lineEnd + 1) == '\n';
    return lineEnd + (pair ? 2 : 1);
  }

  private @Nullable Value unquoted(int start, boolean wholeLine) {
    char c = text.charAt(start);
    if ((c == '{' && Characters.at(text, start + 1) != '{')
        || (c == '[' && !text.startsWith("[REDACTED:", start))) {
      return null; // a structure, its own keys say what is secret
    }
    if (isTypeName(start)) {
      return null; // "password: str = …": the value is behind the next separator
    }
    int end = wholeLine ? restOfLine(start) : wordEnd(start);
    boolean certain = wholeLine || !Characters.isBlank(Characters.at(text, start - 1));
    return end > start ? value(start, end, end, false, certain) : null;
  }

  private boolean isTypeName(int start) {
    int end = start;
    while (end < text.length() && end - start < 10 && Characters.isLetter(text.charAt(end))) {
      end++;
    }
    int equals = Characters.afterBlanks(text, end, MOST_BLANKS);
    boolean assigned =
        Characters.at(text, equals) == '=' && Characters.isBlank(Characters.at(text, equals - 1));
    String word = text.substring(start, end);
    return assigned && (word.equalsIgnoreCase("str") || word.equalsIgnoreCase("string"));
  }

  /** The rest of the line, up to a comment or to the next {@code key=}. */
  private int restOfLine(int start) {
    int lineEnd = Characters.lineEnd(text, start);
    int end = lineEnd;
    for (int i = start + 1; i < lineEnd; i++) {
      boolean afterBlank = Characters.isBlank(text.charAt(i - 1));
      if (afterBlank && (text.charAt(i) == '#' || isKey(i))) {
        end = i;
        break;
      }
    }
    while (end > start
        && (Characters.isBlank(text.charAt(end - 1)) || ",;".indexOf(text.charAt(end - 1)) >= 0)) {
      end--;
    }
    return end;
  }

  private int wordEnd(int start) {
    int i = start;
    while (i < text.length() && !Character.isWhitespace(text.charAt(i)) && !endsWord(i)) {
      i++;
    }
    return i;
  }

  /** Punctuation ends a word where another key, a blank or more punctuation follows it. */
  private boolean endsWord(int i) {
    char c = text.charAt(i);
    if (PUNCTUATION.indexOf(c) < 0) {
      return false;
    }
    char next = Characters.at(text, i + 1);
    return next == '\0'
        || Character.isWhitespace(next)
        || PUNCTUATION.indexOf(next) >= 0
        || next == '\\'
        || (c == '<' && next == '/')
        || (",;&".indexOf(c) >= 0 && isKey(i + 1));
  }

  /** Whether a name and a separator begin there. */
  private boolean isKey(int from) {
    int i = from;
    while (i < text.length()
        && i - from < 40
        && (Characters.isWord(text.charAt(i)) || text.charAt(i) == '.' || text.charAt(i) == '-')) {
      i++;
    }
    return i > from
        && (Characters.at(text, i) == '=' || (Characters.at(text, i) == ':' && i - from > 1));
  }
}
