package com.faultmaven.artifact.preprocess.extract.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.faultmaven.artifact.preprocess.text.Level;
import com.faultmaven.artifact.preprocess.text.LevelReader;
import com.faultmaven.artifact.preprocess.text.Timestamp;
import com.faultmaven.artifact.preprocess.text.TimestampReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a log record in JSON that matter.
 *
 * @param level its level, {@link Level#UNKNOWN} when it has no such field
 * @param time when, or null
 * @param message what it says, with its error; empty when it has no such field
 */
record JsonRecord(Level level, @Nullable Timestamp time, String message) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> LEVELS =
      Set.of(
          "level", "severity", "lvl", "loglevel", "log.level", "levelname", "log_level", "@level");
  private static final Set<String> TIMES =
      Set.of(
          "time", "timestamp", "ts", "@timestamp", "t", "date", "datetime", "asctime", "eventtime");
  private static final Set<String> MESSAGES =
      Set.of("message", "msg", "@message", "event", "text", "body", "log");
  private static final Set<String> ERRORS =
      Set.of("error", "err", "exception", "stack", "stack_trace", "stacktrace", "exc_info");

  /** Reads a line that is a JSON object, or gives null when it is none. */
  static @Nullable JsonRecord parse(String line, TimestampReader times) {
    if (line.length() < 2 || line.charAt(0) != '{') {
      return null;
    }
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      return read(parser, times);
    } catch (IOException e) {
      // Not JSON after all, or JSON that was cut: the line is read as text.
      return null;
    }
  }

  private static JsonRecord read(JsonParser parser, TimestampReader times) throws IOException {
    Level level = Level.UNKNOWN;
    Timestamp time = null;
    String message = "";
    String error = "";
    int depth = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == null || token.isStructEnd()) {
        depth--;
      } else if (token.isStructStart()) {
        depth++;
      } else if (token.isScalarValue() && depth <= 2 && parser.currentName() != null) {
        String name = parser.currentName().toLowerCase(Locale.ROOT);
        String value = parser.getText();
        Level named = LEVELS.contains(name) ? LevelReader.named(value) : null;
        if (named != null) {
          level = named;
        } else if (time == null && TIMES.contains(name)) {
          time = times.readWhole(value);
        } else if (message.isEmpty() && MESSAGES.contains(name)) {
          message = value;
        } else if (error.isEmpty() && ERRORS.contains(name) && !value.equals("null")) {
          error = value;
        }
      }
    }
    boolean both = !error.isEmpty() && !message.isEmpty();
    return new JsonRecord(level, time, both ? message + ": " + error : message + error);
  }
}
