package com.faultmaven.artifact.preprocess.classify;

import com.faultmaven.artifact.preprocess.text.TimestampReader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What kind of table of separated values a text is.
 *
 * @param columns how many columns there are, 0 when the text is no table
 * @param numeric share of the cells below the header that are numbers
 * @param timed whether a column holds points in time
 * @param header whether the first row names the columns
 * @param messages whether a column is named as a log's message or level is
 */
record TableShape(int columns, double numeric, boolean timed, boolean header, boolean messages) {
  private static final TableShape NONE = new TableShape(0, 0, false, false, false);
  private static final char[] SEPARATORS = {',', '\t', ';', '|'};
  private static final int MAX_ROWS = 150;
  private static final Set<String> MESSAGES =
      Set.of("message", "msg", "content", "log", "level", "severity", "@message");

  /** Looks at lines that may be a table. */
  static TableShape of(List<String> lines) {
    List<String> rows =
        lines.stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .limit(MAX_ROWS)
            .toList();
    if (rows.size() < 3) {
      return NONE;
    }
    for (char separator : SEPARATORS) {
      int columns = cells(rows.getFirst(), separator).length;
      long even = rows.stream().filter(row -> cells(row, separator).length == columns).count();
      if (columns >= 2 && even >= rows.size() * 0.95) {
        return shape(rows, separator, columns);
      }
    }
    return NONE;
  }

  private static TableShape shape(List<String> rows, char separator, int columns) {
    TimestampReader times = new TimestampReader();
    int numbers = 0;
    int stamps = 0;
    int filled = 0;
    for (String row : rows.subList(1, rows.size())) {
      boolean stamped = false;
      for (String cell : cells(row, separator)) {
        boolean time = !stamped && cell.length() >= 8 && times.readWhole(cell) != null;
        stamped |= time;
        filled += time || cell.isBlank() ? 0 : 1;
        numbers += !time && isNumber(cell) ? 1 : 0;
      }
      stamps += stamped ? 1 : 0;
    }
    boolean header = true;
    boolean messages = false;
    for (String cell : cells(rows.getFirst(), separator)) {
      header &= !isNumber(cell) && times.readWhole(cell) == null;
      messages |= MESSAGES.contains(cell.strip().toLowerCase(Locale.ROOT));
    }
    boolean timed = stamps >= (rows.size() - 1) * 0.9;
    return new TableShape(
        columns, filled == 0 ? 0 : (double) numbers / filled, timed, header, header && messages);
  }

  // Quoted separators are rare enough in samples not to parse quotes here.
  private static String[] cells(String row, char separator) {
    return row.split(Pattern.quote(String.valueOf(separator)), -1);
  }

  static boolean isNumber(String cell) {
    String text = cell.strip();
    if (text.startsWith("\"") && text.endsWith("\"") && text.length() > 2) {
      text = text.substring(1, text.length() - 1);
    }
    if (text.endsWith("%")) {
      text = text.substring(0, text.length() - 1);
    }
    if (text.isEmpty() || text.length() > 32) {
      return false;
    }
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      digit |= c >= '0' && c <= '9';
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return text.equalsIgnoreCase("nan") || text.equalsIgnoreCase("null");
      }
    }
    return digit;
  }
}
