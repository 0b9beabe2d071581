package com.faultmaven.artifact.preprocess.extract.logs;

import com.faultmaven.artifact.preprocess.text.Level;
import com.faultmaven.artifact.preprocess.text.LevelReader;
import com.faultmaven.artifact.preprocess.text.Lines;
import com.faultmaven.artifact.preprocess.text.Timestamp;
import com.faultmaven.artifact.preprocess.text.TimestampReader;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the lines of a log: which lines begin a record, how bad it is, when it was, and
 * which template it is of. Lines of stack traces belong to the record before them.
 */
final class LogScan {
  /** No time is known. */
  static final long NO_TIME = Long.MIN_VALUE;

  private static final int READ = 2_000;
  private static final int MESSAGE = 600;
  private static final int MAX_FOLLOWING = 60;
  private static final int MAX_HEADER = 60;
  private static final int MAX_BEFORE_LEVEL = 100;
  private static final Pattern FOLLOWS =
      Pattern.compile("^(?:\\s|Caused by:|Suppressed:|\\.\\.\\. \\d|at [\\w$.<]+\\(|[}\\])])");

  private final Lines lines;
  private final @Nullable Level[] levels;
  private final long[] times;
  private final int[] templates;
  private final Templates mined;
  private final Map<Level, Integer> histogram = new EnumMap<>(Level.class);
  private final TimestampReader reader = new TimestampReader();
  private @Nullable Timestamp earliest;
  private @Nullable Timestamp latest;
  private int records;
  private boolean timed;

  LogScan(Lines lines, int maxTemplates) {
    this.lines = lines;
    levels = new Level[lines.count()];
    times = new long[lines.count()];
    templates = new int[lines.count()];
    mined = new Templates(maxTemplates);
    Arrays.fill(templates, -1);
    Arrays.fill(times, NO_TIME);
    timed = hasTimes();
    scan();
  }

  Lines lines() {
    return lines;
  }

  Templates templates() {
    return mined;
  }

  /** How many records there are of each level. */
  Map<Level, Integer> histogram() {
    return histogram;
  }

  int records() {
    return records;
  }

  /** First timestamp of the file as it stands there, or null. */
  @Nullable Timestamp earliest() {
    return earliest;
  }

  /** Latest timestamp of the file as it stands there, or null. */
  @Nullable Timestamp latest() {
    return latest;
  }

  /** Whether a line begins a record. */
  boolean isRecord(int line) {
    return templates[line] >= 0;
  }

  /** Level of the record that a line begins; unknown for other lines. */
  Level level(int line) {
    Level level = levels[line];
    return level == null ? Level.UNKNOWN : level;
  }

  /** When, in milliseconds since 1970, or {@link #NO_TIME}. */
  long time(int line) {
    return times[line];
  }

  /** Template of the record that a line begins; -1 for other lines. */
  int template(int line) {
    return templates[line];
  }

  /** The line after the record that begins at a line. */
  int recordEnd(int line) {
    int end = line + 1;
    while (end < lines.count() && !isRecord(end) && lines.length(end) > 0) {
      end++;
    }
    return end;
  }

  private boolean hasTimes() {
    int looked = Math.min(lines.count(), 400);
    int found = 0;
    int filled = 0;
    for (int i = 0; i < looked; i++) {
      String line = lines.line(i, 200);
      if (!line.isBlank() && !FOLLOWS.matcher(line).find()) {
        filled++;
        found += reader.find(line) == null ? 0 : 1;
      }
    }
    return found > filled * 0.5;
  }

  private void scan() {
    int i = 0;
    while (i < lines.count()) {
      int end = i + 1;
      String line = lines.line(i, READ);
      if (!line.isBlank()) {
        while (end < lines.count() && follows(end)) {
          end++;
        }
        record(i, end, line);
      }
      i = end;
    }
  }

  private boolean follows(int index) {
    String line = lines.line(index, READ);
    if (line.isBlank()) {
      return false;
    }
    if (line.charAt(0) == '{' && line.endsWith("}")) {
      return false;
    }
    boolean stamped = reader.find(line) != null;
    if (FOLLOWS.matcher(line).find()) {
      return !stamped || !timed;
    }
    return timed && !stamped && LevelReader.field(line) == null;
  }

  private void record(int start, int end, String line) {
    JsonRecord json = JsonRecord.parse(line, reader);
    Timestamp time = json != null && json.time() != null ? json.time() : reader.find(line);
    String message =
        json == null || json.message().isEmpty() ? afterHeader(line, time) : json.message();
    Level level =
        json != null && json.level() != Level.UNKNOWN ? json.level() : level(line, json, message);
    if (level == Level.UNKNOWN) {
      level = worstOf(start + 1, Math.min(end, start + MAX_FOLLOWING));
    }
    levels[start] = level;
    templates[start] =
        mined.add(message.length() > MESSAGE ? message.substring(0, MESSAGE) : message);
    records++;
    histogram.merge(level, 1, Integer::sum);
    if (time != null) {
      times[start] = time.epochMillis();
      note(time);
    }
  }

  private static Level level(String line, @Nullable JsonRecord json, String message) {
    return json != null && !message.isEmpty()
        ? LevelReader.words(message)
        : LevelReader.level(line);
  }

  private Level worstOf(int from, int to) {
    Level worst = Level.UNKNOWN;
    for (int i = from; i < to; i++) {
      Level level = LevelReader.words(lines.line(i, READ));
      worst = level.weight() > worst.weight() ? level : worst;
    }
    return worst;
  }

  private void note(Timestamp time) {
    if (earliest == null || time.epochMillis() < earliest.epochMillis()) {
      earliest = time;
    }
    if (latest == null || time.epochMillis() > latest.epochMillis()) {
      latest = time;
    }
  }

  // What precedes the level, such as host and thread, would make unlike messages look alike.
  private static String afterHeader(String line, @Nullable Timestamp time) {
    int start = time != null && time.start() <= MAX_HEADER ? time.end() : 0;
    LevelReader.Field field = LevelReader.findField(line);
    if (field != null && field.start() > start && isHeader(line, start, field.start())) {
      boolean bracketed = "[<(|".indexOf(line.charAt(field.start() - 1)) >= 0;
      start = bracketed ? field.start() - 1 : field.start();
    }
    while (start < line.length() && " \t-:]|,".indexOf(line.charAt(start)) >= 0) {
      start++;
    }
    return line.substring(start);
  }

  private static boolean isHeader(String line, int from, int to) {
    int colon = line.indexOf(": ", from);
    return to - from <= MAX_BEFORE_LEVEL && (colon < 0 || colon >= to);
  }

  /** What the record that begins at a line says, without its timestamp. */
  String message(int line) {
    String text = lines.line(line, READ);
    JsonRecord json = JsonRecord.parse(text, reader);
    return json == null || json.message().isEmpty()
        ? afterHeader(text, reader.find(text)).strip()
        : json.message();
  }

  /** The timestamp of a line as it stands there; empty when it has none. */
  String timeText(int line) {
    String text = lines.line(line, READ);
    JsonRecord json = JsonRecord.parse(text, reader);
    Timestamp time = json != null && json.time() != null ? json.time() : reader.find(text);
    return time == null ? "" : time.text();
  }
}
