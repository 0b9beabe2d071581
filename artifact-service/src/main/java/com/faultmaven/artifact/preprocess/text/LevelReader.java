package com.faultmaven.artifact.preprocess.text;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads how bad a log line is: from its level field where there is one, else from its words. Words
 * that say that there was no error ("0 errors", "error=none", "no error") do not count.
 */
public final class LevelReader {
  private static final int FIELD_SEARCHED = 200;
  private static final Pattern ACCESS_STATUS =
      Pattern.compile("\" ([1-5]\\d{2}) (?:\\d{1,12}|-)(?:\\s|$)");

  private static final Map<String, Level> NAMES =
      Map.ofEntries(
          Map.entry("trace", Level.TRACE),
          Map.entry("verbose", Level.TRACE),
          Map.entry("finest", Level.TRACE),
          Map.entry("finer", Level.TRACE),
          Map.entry("debug", Level.DEBUG),
          Map.entry("fine", Level.DEBUG),
          Map.entry("info", Level.INFO),
          Map.entry("information", Level.INFO),
          Map.entry("informational", Level.INFO),
          Map.entry("notice", Level.INFO),
          Map.entry("warn", Level.WARN),
          Map.entry("warning", Level.WARN),
          Map.entry("err", Level.ERROR),
          Map.entry("eror", Level.ERROR),
          Map.entry("error", Level.ERROR),
          Map.entry("failure", Level.ERROR),
          Map.entry("severe", Level.CRITICAL),
          Map.entry("crit", Level.CRITICAL),
          Map.entry("critical", Level.CRITICAL),
          Map.entry("alert", Level.CRITICAL),
          Map.entry("dpanic", Level.CRITICAL),
          Map.entry("fatal", Level.FATAL),
          Map.entry("panic", Level.FATAL),
          Map.entry("emerg", Level.FATAL),
          Map.entry("emergency", Level.FATAL));

  private static final Map<String, Level> WORDS =
      Map.ofEntries(
          Map.entry("fatal", Level.FATAL),
          Map.entry("panic", Level.FATAL),
          Map.entry("segfault", Level.FATAL),
          Map.entry("sigsegv", Level.FATAL),
          Map.entry("oomkilled", Level.FATAL),
          Map.entry("critical", Level.CRITICAL),
          Map.entry("corrupt", Level.CRITICAL),
          Map.entry("corrupted", Level.CRITICAL),
          Map.entry("error", Level.ERROR),
          Map.entry("errors", Level.ERROR),
          Map.entry("exception", Level.ERROR),
          Map.entry("exceptions", Level.ERROR),
          Map.entry("traceback", Level.ERROR),
          Map.entry("fail", Level.ERROR),
          Map.entry("fails", Level.ERROR),
          Map.entry("failed", Level.ERROR),
          Map.entry("failure", Level.ERROR),
          Map.entry("failures", Level.ERROR),
          Map.entry("failing", Level.ERROR),
          Map.entry("refused", Level.ERROR),
          Map.entry("aborted", Level.ERROR),
          Map.entry("aborting", Level.ERROR),
          Map.entry("unreachable", Level.ERROR),
          Map.entry("crashed", Level.ERROR),
          Map.entry("crashloopbackoff", Level.ERROR),
          Map.entry("unable", Level.ERROR),
          Map.entry("warning", Level.WARN),
          Map.entry("warn", Level.WARN),
          Map.entry("denied", Level.WARN),
          Map.entry("invalid", Level.WARN),
          Map.entry("timeout", Level.WARN),
          Map.entry("retrying", Level.WARN),
          Map.entry("deprecated", Level.WARN));

  private LevelReader() {}

  /** The level of a line: of its level field, or of its words when it has none. */
  public static Level level(String line) {
    Level field = field(line);
    return field == null ? words(line) : field;
  }

  /** The level that a field's value names, such as {@code Error} or {@code 50}, or null. */
  public static @Nullable Level named(String value) {
    String name = value.strip().toLowerCase(Locale.ROOT);
    Level level = NAMES.get(name);
    if (level != null || name.length() != 2 || name.charAt(1) != '0') {
      return level;
    }
    // Levels of pino and bunyan.
    return switch (name.charAt(0)) {
      case '1' -> Level.TRACE;
      case '2' -> Level.DEBUG;
      case '3' -> Level.INFO;
      case '4' -> Level.WARN;
      case '5' -> Level.ERROR;
      case '6' -> Level.FATAL;
      default -> null;
    };
  }

  /** The level field near the start of a line, or null when there is none. */
  public static @Nullable Level field(String line) {
    Field field = findField(line);
    return field == null ? null : field.level();
  }

  /**
   * A level field.
   *
   * @param level what it says
   * @param start index of its first character in the line, -1 when it is part of something else
   */
  public record Field(Level level, int start) {}

  /** The level field near the start of a line and where it is, or null when there is none. */
  public static @Nullable Field findField(String line) {
    Level syslog = prefix(line);
    if (syslog != null) {
      return new Field(syslog, -1);
    }
    int end = Math.min(line.length(), FIELD_SEARCHED);
    int i = 0;
    while (i < end) {
      if (!isWordCharacter(line.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      while (i < line.length() && isWordCharacter(line.charAt(i))) {
        i++;
      }
      Level level = fieldAt(line, start, i);
      if (level != null) {
        return new Field(level, start);
      }
    }
    Level status = accessStatus(line);
    return status == null ? null : new Field(status, -1);
  }

  /** The worst that the words of a line say, {@link Level#UNKNOWN} when they say nothing bad. */
  public static Level words(String line) {
    Level worst = Level.UNKNOWN;
    int i = 0;
    while (i < line.length()) {
      if (!isWordCharacter(line.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      while (i < line.length() && isWordCharacter(line.charAt(i))) {
        i++;
      }
      Level level = wordAt(line, start, i);
      if (level.weight() > worst.weight()) {
        worst = level;
      }
    }
    return worst;
  }

  private static @Nullable Level fieldAt(String line, int start, int end) {
    int length = end - start;
    if (length < 3 || length > 13) {
      return null;
    }
    boolean upper = isUpper(line, start, end);
    char before = start == 0 ? ' ' : line.charAt(start - 1);
    char after = end == line.length() ? ' ' : line.charAt(end);
    boolean bracketed =
        (before == '[' || before == '(' || before == ':' || before == '|')
            && (after == ']' || after == ')' || after == '|');
    boolean assigned =
        (before == '=' || before == '"' || before == ':' || before == ' ')
            && isLevelKeyBefore(line, start);
    if (!upper && !bracketed && !assigned) {
      return start == 0 && after == ':' ? NAMES.get(lower(line, start, end)) : null;
    }
    boolean separated =
        " \t[<(|:-\"=,;*'".indexOf(before) >= 0 && " \t]>)|:-\",;*.'".indexOf(after) >= 0;
    if (!separated) {
      return null;
    }
    Level level = NAMES.get(lower(line, start, end));
    return level != null && !(level.isFailure() && isNegated(line, start, end)) ? level : null;
  }

  // "level=error", "lvl": "error", severity: error
  private static boolean isLevelKeyBefore(String line, int start) {
    int i = start - 1;
    while (i >= 0 && "\"' =:".indexOf(line.charAt(i)) >= 0) {
      i--;
    }
    int end = i + 1;
    if (end == start) {
      return false;
    }
    while (i >= 0 && Character.isLetter(line.charAt(i))) {
      i--;
    }
    String key = lower(line, i + 1, end);
    boolean assignment = line.substring(end, start).chars().anyMatch(c -> c == '=' || c == ':');
    return assignment
        && (key.equals("level")
            || key.equals("lvl")
            || key.equals("severity")
            || key.equals("loglevel")
            || key.equals("levelname"));
  }

  // <3> of syslog, E0102 of klog, and E/ of Android.
  private static @Nullable Level prefix(String line) {
    if (line.length() < 4) {
      return null;
    }
    char first = line.charAt(0);
    if (first == '<') {
      int end = line.indexOf('>');
      if (end >= 2 && end <= 4 && line.substring(1, end).chars().allMatch(Character::isDigit)) {
        return bySyslogSeverity(Integer.parseInt(line.substring(1, end)) % 8);
      }
    }
    boolean klog =
        line.length() > 10
            && Character.isDigit(line.charAt(1))
            && line.charAt(5) == ' '
            && Character.isDigit(line.charAt(4))
            && line.charAt(8) == ':';
    if (!klog && line.charAt(1) != '/') {
      return null;
    }
    return switch (first) {
      case 'D' -> Level.DEBUG;
      case 'I' -> Level.INFO;
      case 'W' -> Level.WARN;
      case 'E' -> Level.ERROR;
      case 'F' -> Level.FATAL;
      default -> null;
    };
  }

  private static Level bySyslogSeverity(int severity) {
    return switch (severity) {
      case 0 -> Level.FATAL;
      case 1, 2 -> Level.CRITICAL;
      case 3 -> Level.ERROR;
      case 4 -> Level.WARN;
      case 7 -> Level.DEBUG;
      default -> Level.INFO;
    };
  }

  private static @Nullable Level accessStatus(String line) {
    if (line.indexOf("\" ") < 0) {
      return null;
    }
    Matcher status = ACCESS_STATUS.matcher(line);
    if (!status.find()) {
      return null;
    }
    return status.group(1).charAt(0) == '5' ? Level.ERROR : Level.INFO;
  }

  private static Level wordAt(String line, int start, int end) {
    if (end - start < 4 || end - start > 80) {
      return Level.UNKNOWN;
    }
    String word = lower(line, start, end);
    Level level = WORDS.get(word);
    if (level == null) {
      level = compound(line, word, start, end);
    }
    if (level == Level.UNKNOWN || isNegated(line, start, end) || isName(line, start, end)) {
      return Level.UNKNOWN;
    }
    return level;
  }

  private static Level compound(String line, String word, int start, int end) {
    if ((word.endsWith("exception") || word.endsWith("error"))
        && Character.isUpperCase(line.charAt(start))) {
      return word.equals("outofmemoryerror") ? Level.FATAL : Level.ERROR;
    }
    boolean memory = word.equals("memory") && endsWith(line, start, "out of ");
    boolean dumped = word.equals("dumped") && endsWith(line, start, "core ");
    boolean fault = word.equals("fault") && endsWith(line, start, "segmentation ");
    if (memory || dumped || fault) {
      return Level.FATAL;
    }
    boolean cannot =
        word.equals("cannot") || (word.equals("could") && line.startsWith(" not ", end));
    boolean timedOut = word.equals("timed") && line.startsWith(" out", end);
    return cannot || timedOut ? Level.ERROR : Level.UNKNOWN;
  }

  private static boolean endsWith(String line, int end, String what) {
    return end >= what.length()
        && line.regionMatches(true, end - what.length(), what, 0, what.length());
  }

  // error.log, error_handler, /errors/, on-error: a name, not a failure
  private static boolean isName(String line, int start, int end) {
    char before = start == 0 ? ' ' : line.charAt(start - 1);
    char after = end == line.length() ? ' ' : line.charAt(end);
    boolean followed = end + 1 < line.length() && Character.isLetterOrDigit(line.charAt(end + 1));
    boolean qualified = Character.isUpperCase(line.charAt(start)) && before == '.';
    return (!qualified && (before == '/' || before == '-' || before == '.'))
        || ((after == '/' || after == '-' || after == '.' || after == '(') && followed);
  }

  private static boolean isNegated(String line, int start, int end) {
    return isNegatedBefore(line, start) || isNegatedAfter(line, end);
  }

  private static boolean isNegatedBefore(String line, int start) {
    int end = start;
    while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '-')) {
      end--;
    }
    int from = end;
    while (from > 0 && isWordCharacter(line.charAt(from - 1))) {
      from--;
    }
    if (from == end || end == start) {
      return false;
    }
    boolean decimal = from > 0 && (line.charAt(from - 1) == '.' || line.charAt(from - 1) == ',');
    return switch (lower(line, from, end)) {
      case "no", "zero", "without", "any", "non" -> true;
      case "0" -> !decimal;
      default -> false;
    };
  }

  // "=none", ": 0", "s: 0", "_count=0", "-free"
  private static boolean isNegatedAfter(String line, int end) {
    int i = end;
    int limit = Math.min(line.length(), end + 12);
    while (i < limit && (line.charAt(i) == '_' || Character.isLetter(line.charAt(i)))) {
      i++;
    }
    if (line.startsWith("-free", end) || line.startsWith(" free", end)) {
      return true;
    }
    while (i < limit && (line.charAt(i) == '"' || line.charAt(i) == ' ')) {
      i++;
    }
    if (i >= limit || (line.charAt(i) != '=' && line.charAt(i) != ':')) {
      return false;
    }
    i++;
    while (i < line.length() && i < limit + 4 && " \"'(<[".indexOf(line.charAt(i)) >= 0) {
      i++;
    }
    int from = i;
    while (i < line.length() && (isWordCharacter(line.charAt(i)) || line.charAt(i) == '.')) {
      i++;
    }
    return switch (lower(line, from, i)) {
      case "0", "0.0", "0.00", "none", "null", "nil", "false", "no", "ok", "success" -> true;
      default -> i == from && from - 2 >= end && line.startsWith("\"\"", from - 2);
    };
  }

  private static boolean isUpper(String line, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Character.isUpperCase(line.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String lower(String line, int start, int end) {
    return line.substring(start, end).toLowerCase(Locale.ROOT);
  }

  private static boolean isWordCharacter(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
