package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text format of PostgreSQL's COPY: a line a row, tabs between fields, {@code \N} for
 * null, what would be mistaken for one of these after a backslash.
 */
final class CopyText {
  private final StringBuilder text = new StringBuilder();
  private int rows;

  /**
   * Adds a row.
   *
   * @param fields are written as their own texts
   * @throws IllegalArgumentException for a NUL, which PostgreSQL stores in no text
   */
  void row(@Nullable Object... fields) {
    String separator = "";
    for (Object field : fields) {
      text.append(separator);
      separator = "\t";
      if (field == null) {
        text.append("\\N");
      } else {
        escape(field.toString());
      }
    }
    text.append('\n');
    rows++;
  }

  /** How many rows there are. */
  int rows() {
    return rows;
  }

  /**
   * All rows.
   *
   * @throws IllegalArgumentException for half a surrogate pair, which UTF-8 cannot say
   */
  byte[] toBytes() {
    try {
      ByteBuffer bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] all = new byte[bytes.remaining()];
      bytes.get(all);
      return all;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text is not well-formed", e);
    }
  }

  private void escape(String field) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\0' -> throw new IllegalArgumentException("a text with a NUL");
        default -> text.append(c);
      }
    }
  }
}
