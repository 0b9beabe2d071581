package com.faultmaven.artifact.preprocess.extract.metrics;

import com.faultmaven.artifact.preprocess.text.Lines;
import com.faultmaven.artifact.preprocess.text.Timestamp;
import com.faultmaven.artifact.preprocess.text.TimestampReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads tables of separated values: a column of times, columns of numbers, and columns of labels
 * that tell series apart.
 */
final class CsvTable {
  private static final int LINE = 20_000;
  private static final int PEEKED = 200;
  private static final int MAX_COLUMNS = 300;
  private static final int MAX_LABELS = 50;
  private static final char[] SEPARATORS = {',', '\t', ';', '|'};

  private enum Role {
    TIME,
    NUMBER,
    LABEL,
    IGNORED
  }

  private final Lines lines;
  private final TimestampReader times = new TimestampReader();
  private char separator = ',';
  private int firstRow;
  private List<String> names = List.of();
  private List<Role> roles = List.of();

  CsvTable(Lines lines) {
    this.lines = lines;
  }

  /** Reads all samples; rows that are no rows of the table are passed over. */
  void read(SeriesSet into) {
    List<List<String>> peeked = peek();
    if (peeked.isEmpty()) {
      return;
    }
    name(peeked);
    for (int i = firstRow; i < lines.count(); i++) {
      if (isRow(i)) {
        row(cells(lines.line(i, LINE)), into);
      }
    }
  }

  private boolean isRow(int index) {
    return lines.length(index) > 0 && !lines.line(index, 1).equals("#");
  }

  private List<List<String>> peek() {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < lines.count() && rows.size() < PEEKED; i++) {
      if (isRow(i)) {
        rows.add(i);
      }
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    firstRow = rows.getFirst();
    String sample = lines.line(rows.get(rows.size() / 2), LINE);
    for (char candidate : SEPARATORS) {
      if (sample.indexOf(candidate) >= 0) {
        separator = candidate;
        break;
      }
    }
    return rows.stream().map(row -> cells(lines.line(row, LINE))).toList();
  }

  private void name(List<List<String>> peeked) {
    List<String> first = peeked.getFirst();
    boolean header =
        first.stream().allMatch(cell -> !isNumber(cell) && time(cell) == SeriesSet.NO_TIME);
    List<List<String>> data = header ? peeked.subList(1, peeked.size()) : peeked;
    List<String> columnNames = new ArrayList<>();
    List<Role> columnRoles = new ArrayList<>();
    for (int column = 0; column < Math.min(first.size(), MAX_COLUMNS); column++) {
      String name = header ? first.get(column).strip() : "column " + (column + 1);
      columnNames.add(name.isEmpty() ? "column " + (column + 1) : name);
      columnRoles.add(role(data, column, name, columnRoles.contains(Role.TIME)));
    }
    names = columnNames;
    roles = columnRoles;
    if (header) {
      firstRow++;
    }
  }

  private Role role(List<List<String>> data, int column, String name, boolean timeKnown) {
    int filled = 0;
    int numbers = 0;
    int stamps = 0;
    Set<String> distinct = new HashSet<>();
    for (List<String> row : data) {
      String cell = column < row.size() ? row.get(column).strip() : "";
      if (!cell.isEmpty()) {
        filled++;
        numbers += isNumber(cell) ? 1 : 0;
        stamps += time(cell) != SeriesSet.NO_TIME ? 1 : 0;
        distinct.add(cell);
      }
    }
    boolean plain = numbers > filled * 0.7;
    String lower = name.toLowerCase(Locale.ROOT);
    boolean named =
        lower.contains("time") || lower.equals("ts") || lower.contains("date") || column == 0;
    if (!timeKnown && stamps > filled * 0.8 && filled > 0 && (!plain || named)) {
      return Role.TIME;
    }
    if (plain && filled > 0) {
      return Role.NUMBER;
    }
    boolean label =
        distinct.size() <= MAX_LABELS && (distinct.size() <= data.size() * 0.5 || data.size() < 10);
    return label ? Role.LABEL : Role.IGNORED;
  }

  private void row(List<String> cells, SeriesSet into) {
    long time = SeriesSet.NO_TIME;
    StringBuilder labels = new StringBuilder();
    int columns = Math.min(cells.size(), roles.size());
    for (int column = 0; column < columns; column++) {
      String cell = cells.get(column).strip();
      if (roles.get(column) == Role.TIME) {
        time = time(cell);
      } else if (roles.get(column) == Role.LABEL && !cell.isEmpty()) {
        labels.append(labels.isEmpty() ? "{" : ", ");
        labels.append(names.get(column)).append('=').append(cell);
      }
    }
    String suffix = labels.isEmpty() ? "" : labels.append('}').toString();
    boolean broken = roles.contains(Role.TIME) && time == SeriesSet.NO_TIME;
    for (int column = 0; column < columns && !broken; column++) {
      if (roles.get(column) == Role.NUMBER) {
        double value = Numbers.parse(cells.get(column));
        if (!Double.isNaN(value)) {
          into.add(names.get(column) + suffix, time, value);
        }
      }
    }
  }

  private static boolean isNumber(String cell) {
    return !Double.isNaN(Numbers.parse(cell));
  }

  private long time(String cell) {
    if (cell.length() < 8) {
      return SeriesSet.NO_TIME;
    }
    Timestamp found = times.readWhole(cell);
    return found == null ? SeriesSet.NO_TIME : found.epochMillis();
  }

  // Quotes after RFC 4180; a quoted cell does not go beyond its line here.
  private List<String> cells(String row) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < row.length() && row.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == separator && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
