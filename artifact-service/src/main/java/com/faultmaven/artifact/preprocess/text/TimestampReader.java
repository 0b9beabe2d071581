package com.faultmaven.artifact.preprocess.text;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the timestamp near the start of a line. Tries the format of the line before first: the
 * lines of a log mostly agree. Not for use by several threads at once.
 */
public final class TimestampReader {
  private static final int SEARCHED = 160;
  private static final int LEAST_DIGITS = 6;
  private static final String MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}";
  private static final String CLOCK = "(\\d{2}):(\\d{2}):(\\d{2})(?:[.,](\\d{1,9}))?";
  private static final String ZONE = "(?: ?(Z|UTC|GMT|[+-]\\d{2}:?\\d{2}))?";
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  private static final List<Format> FORMATS =
      List.of(
          new Format(
              "(?<!\\d)(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})[T _-](\\d{2})[:.](\\d{2})"
                  + "(?:[:.](\\d{2})(?:[.,](\\d{1,9}))?)?"
                  + ZONE,
              "yMdhmsfz",
              SEARCHED),
          new Format(
              "\\b" + MONTH + " {1,2}(\\d{1,2}) (?:(\\d{4}) )?" + CLOCK + "(?: (\\d{4}))?",
              "Mdyhmsfy",
              SEARCHED),
          new Format(
              "(?<!\\d)(\\d{1,2})[-/ ]" + MONTH + "[-/ ](\\d{4})[: ]" + CLOCK + ZONE,
              "dMyhmsfz",
              SEARCHED),
          new Format("^[\\s\\[]{0,4}[IWEFD](\\d{2})(\\d{2}) " + CLOCK, "Mdhmsf", 40),
          new Format(
              "^\\D{0,4}(\\d{4})(\\d{2})(\\d{2})[-T ](\\d{2}):?(\\d{2}):?(\\d{2})(?:[.,:](\\d{1,9}))?"
                  + ZONE,
              "yMdhmsfz",
              60),
          new Format(
              "^\\D{0,4}(\\d{2})(\\d{2})(\\d{2})[ -](\\d{2}):?(\\d{2}):?(\\d{2})\\b", "yMdhms", 40),
          new Format(
              "(?<!\\d)(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})[ T]" + CLOCK + ZONE,
              "dMyhmsfz",
              SEARCHED),
          new Format("(?<!\\d)(\\d{1,2})/(\\d{1,2})/(\\d{4}),? " + CLOCK, "Mdyhmsf", SEARCHED),
          new Format("^\\W{0,3}(\\d{10})(?:\\.(\\d{1,9}))?(?![\\d.])", "Ef", 30),
          new Format("^\\W{0,3}(\\d{13})(?!\\d)", "e", 30),
          new Format("^\\D{0,12}(?<!\\d)" + CLOCK + "(?!\\d)", "hmsf", 40));

  private int last;

  /** The first timestamp near the start of the line, or null when there is none. */
  public @Nullable Timestamp find(String line) {
    if (!hasDigits(line)) {
      return null;
    }
    Timestamp found = FORMATS.get(last).find(line);
    for (int i = 0; found == null && i < FORMATS.size(); i++) {
      if (i != last) {
        found = FORMATS.get(i).find(line);
        last = found == null ? last : i;
      }
    }
    return found;
  }

  // Most lines without a timestamp have too few digits for any, which is quickly seen.
  private static boolean hasDigits(String line) {
    int digits = 0;
    int end = Math.min(line.length(), SEARCHED);
    for (int i = 0; i < end && digits < LEAST_DIGITS; i++) {
      digits += Character.isDigit(line.charAt(i)) ? 1 : 0;
    }
    return digits == LEAST_DIGITS;
  }

  /** Reads a value that is a timestamp and nothing else, or gives null. */
  public @Nullable Timestamp readWhole(String value) {
    String text = value.strip();
    if (text.length() > 48 || text.isEmpty()) {
      return null;
    }
    Timestamp found = find(text);
    if (found == null) {
      return date(text);
    }
    return found.start() <= 4 && found.end() >= text.length() - 7 ? found : null;
  }

  private static @Nullable Timestamp date(String text) {
    if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return null;
    }
    Timestamp midnight = new TimestampReader().find(text + "T00:00:00Z");
    return midnight == null ? null : new Timestamp(text, midnight.epochMillis(), 0, 10);
  }

  /**
   * A way to write a point in time.
   *
   * @param fields what the groups of the pattern are, one letter each: year, month, day, hour,
   *     minute, second, fraction, zone, e milliseconds and E seconds since 1970
   */
  private record Format(Pattern pattern, String fields, int searched) {
    Format(String pattern, String fields, int searched) {
      this(Pattern.compile(pattern), fields, searched);
    }

    @Nullable Timestamp find(String line) {
      Matcher matcher = pattern.matcher(line);
      matcher.region(0, Math.min(line.length(), searched));
      matcher.useTransparentBounds(true);
      if (!matcher.find()) {
        return null;
      }
      long millis = millis(matcher);
      if (millis == Long.MIN_VALUE) {
        return null;
      }
      int first = 1;
      while (matcher.start(first) < 0) {
        first++;
      }
      return new Timestamp(
          line.substring(matcher.start(first), matcher.end()).strip(),
          millis,
          matcher.start(first),
          matcher.end());
    }

    private long millis(Matcher matcher) {
      int[] parts = {1970, 1, 1, 0, 0, 0};
      long nanos = 0;
      long offsetSeconds = 0;
      for (int i = 0; i < fields.length(); i++) {
        String value = matcher.group(i + 1);
        if (value != null) {
          switch (fields.charAt(i)) {
            case 'E' -> {
              return epoch(Long.parseLong(value) * 1_000, matcher.group(i + 2));
            }
            case 'e' -> {
              return epoch(Long.parseLong(value), null);
            }
            case 'f' -> nanos = fraction(value);
            case 'z' -> offsetSeconds = offset(value);
            case 'M' -> parts[1] = month(value);
            default -> parts["yMdhms".indexOf(fields.charAt(i))] = Integer.parseInt(value);
          }
        }
      }
      try {
        LocalDateTime time =
            LocalDateTime.of(
                parts[0] < 100 ? 2000 + parts[0] : parts[0],
                parts[1],
                parts[2],
                parts[3],
                parts[4],
                Math.min(parts[5], 59));
        return (time.toEpochSecond(ZoneOffset.UTC) - offsetSeconds) * 1_000 + nanos / 1_000_000;
      } catch (DateTimeException e) {
        // Digits in the shape of a date that are none, such as month 13.
        return Long.MIN_VALUE;
      }
    }

    private static long epoch(long millis, @Nullable String fraction) {
      boolean plausible = millis >= 800_000_000_000L && millis < 4_100_000_000_000L;
      return plausible
          ? millis + (fraction == null ? 0 : fraction(fraction) / 1_000_000)
          : Long.MIN_VALUE;
    }

    private static long fraction(String digits) {
      return Long.parseLong((digits + "000000000").substring(0, 9));
    }

    private static int month(String value) {
      return Character.isDigit(value.charAt(0))
          ? Integer.parseInt(value)
          : MONTHS.indexOf(value.toLowerCase(Locale.ROOT).substring(0, 3)) / 3 + 1;
    }

    private static long offset(String zone) {
      if (zone.length() < 5) {
        return 0;
      }
      String digits = zone.substring(1).replace(":", "");
      long seconds =
          Long.parseLong(digits.substring(0, 2)) * 3_600
              + Long.parseLong(digits.substring(2, 4)) * 60;
      return zone.charAt(0) == '-' ? -seconds : seconds;
    }
  }
}
