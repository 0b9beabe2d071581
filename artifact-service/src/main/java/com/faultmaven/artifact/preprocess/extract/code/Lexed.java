package com.faultmaven.artifact.preprocess.extract.code;

import java.util.ArrayList;
import java.util.List;

/**
 * Code with its comments and the contents of its strings blanked out, character for character, so
 * that what looks like code is code; and the lines of its comments.
 *
 * @param code as long as the source, with the same line ends
 * @param comments comment texts with where they begin in the source
 */
record Lexed(String code, List<Comment> comments) {
  /**
   * A comment.
   *
   * @param offset where it begins
   * @param text its first characters
   */
  record Comment(int offset, String text) {}

  private static final int MAX_COMMENTS = 20_000;
  private static final int MAX_COMMENT = 2_000;

  /** Reads a source. */
  static Lexed of(String source, Language language) {
    return new Cursor(source, language).all();
  }

  private static final class Cursor {
    private final String source;
    private final Language language;
    private final char[] code;
    private final List<Comment> comments = new ArrayList<>();
    private int at;

    Cursor(String source, Language language) {
      this.source = source;
      this.language = language;
      code = source.toCharArray();
    }

    Lexed all() {
      while (at < code.length) {
        char c = code[at];
        if (isLineComment()) {
          comment(endOfLine(at));
        } else if (language.hasBlockComments() && source.startsWith("/*", at)) {
          int end = source.indexOf("*/", at + 2);
          comment(end < 0 ? code.length : end + 2);
        } else if (language.quotes().indexOf(c) >= 0) {
          string(c);
        } else {
          at++;
        }
      }
      return new Lexed(new String(code), comments);
    }

    private boolean isLineComment() {
      String mark = language.lineComment();
      if (!source.startsWith(mark, at)) {
        return false;
      }
      // In shell, # within a word is no comment: ${#list}, a#b.
      boolean hash = mark.equals("#") && at > 0;
      return !hash || Character.isWhitespace(code[at - 1]) || language == Language.PYTHON;
    }

    private void comment(int end) {
      if (comments.size() < MAX_COMMENTS) {
        comments.add(new Comment(at, source.substring(at, Math.min(end, at + MAX_COMMENT))));
      }
      blank(at, end);
      at = end;
    }

    private void string(char quote) {
      String triple = String.valueOf(quote).repeat(3);
      boolean block = source.startsWith(triple, at) && quote != '`';
      if (block) {
        int end = source.indexOf(triple, at + 3);
        int after = end < 0 ? code.length : end + 3;
        blank(at + 3, Math.max(at + 3, after - 3));
        at = after;
        return;
      }
      boolean multiline = quote == '`' || language == Language.SHELL || language == Language.SQL;
      int end = at + 1;
      while (end < code.length && code[end] != quote && (multiline || code[end] != '\n')) {
        boolean escaped = code[end] == '\\' && !(quote == '\'' && language == Language.SHELL);
        end += escaped && end + 1 < code.length ? 2 : 1;
      }
      end = Math.min(end, code.length);
      blank(at + 1, end);
      at = Math.min(code.length, end + 1);
    }

    private int endOfLine(int from) {
      int end = source.indexOf('\n', from);
      return end < 0 ? code.length : end;
    }

    private void blank(int from, int to) {
      for (int i = from; i < to; i++) {
        if (code[i] != '\n' && code[i] != '\r') {
          code[i] = ' ';
        }
      }
    }
  }
}
