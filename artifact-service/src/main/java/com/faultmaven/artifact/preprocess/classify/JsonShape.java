package com.faultmaven.artifact.preprocess.classify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What kind of JSON a text is: told by the records in it, which are the objects at its root and in
 * its arrays.
 *
 * @param valid whether the text is JSON, as far as the sample goes
 * @param records how many records there are
 * @param logRecords how many of them look like a log's: a message with a level or a time
 * @param sampleRecords how many of them look like samples: a time or a metric's name with numbers
 * @param pairs how many arrays are a time and a number
 */
record JsonShape(boolean valid, int records, int logRecords, int sampleRecords, int pairs) {
  static final JsonShape NONE = new JsonShape(false, 0, 0, 0, 0);

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();
  private static final int MAX_TOKENS = 200_000;
  private static final Set<String> LEVEL =
      Set.of(
          "level",
          "severity",
          "lvl",
          "loglevel",
          "log.level",
          "levelname",
          "log_level",
          "severitytext",
          "severity_text",
          "@level",
          "priority");
  private static final Set<String> TIME =
      Set.of(
          "time",
          "timestamp",
          "ts",
          "@timestamp",
          "t",
          "date",
          "datetime",
          "asctime",
          "eventtime",
          "timeunixnano",
          "lasttimestamp",
          "__realtime_timestamp");
  private static final Set<String> MESSAGE =
      Set.of("message", "msg", "@message", "log", "body", "event", "text");
  private static final Set<String> METRIC =
      Set.of("metric", "metric_name", "metricname", "__name__", "gauge", "counter", "datapoints");

  /** Looks at a text that may be JSON, one document or several. */
  static JsonShape of(String text, boolean whole) {
    String start = text.substring(0, Math.min(200, text.length())).stripLeading();
    if (!start.startsWith("{")
        && !start.startsWith("[")
        && !start.startsWith("//")
        && !start.startsWith("/*")) {
      return NONE;
    }
    Walk walk = new Walk();
    boolean valid = false;
    try (JsonParser parser = JSON.createParser(text)) {
      walk.all(parser);
      valid = walk.values > 0;
    } catch (IOException e) {
      // A sample that ends within the document is expected to break off there.
      valid = !whole && walk.values > 20 && walk.offset > text.length() * 0.9;
    }
    return new JsonShape(valid, walk.records, walk.logs, walk.samples, walk.pairs);
  }

  private static final class Walk {
    private final Deque<Frame> open = new ArrayDeque<>();
    private int values;
    private int records;
    private int logs;
    private int samples;
    private int pairs;
    private long offset;

    void all(JsonParser parser) throws IOException {
      for (int tokens = 0; tokens < MAX_TOKENS; tokens++) {
        JsonToken token = parser.nextToken();
        offset = parser.currentLocation().getCharOffset();
        if (token == null) {
          return;
        }
        take(token, parser);
      }
    }

    private void take(JsonToken token, JsonParser parser) throws IOException {
      if (token.isStructStart()) {
        boolean record = open.isEmpty() || !open.peek().object;
        open.push(new Frame(token == JsonToken.START_OBJECT, record));
        values++;
      } else if (token.isStructEnd()) {
        close(open.pop());
      } else if (token == JsonToken.FIELD_NAME && !open.isEmpty()) {
        open.peek().names.add(parser.currentName().toLowerCase(Locale.ROOT));
      } else if (token.isScalarValue()) {
        values++;
        if (!open.isEmpty()) {
          open.peek().scalar(token);
        }
      }
    }

    private void close(Frame frame) {
      if (!frame.object) {
        pairs += frame.isPair() ? 1 : 0;
        return;
      }
      if (!frame.record && !open.isEmpty()) {
        open.peek().add(frame);
      }
      if (frame.record) {
        records++;
        if (frame.isLog()) {
          logs++;
        } else if (frame.isSample()) {
          samples++;
        }
      }
    }
  }

  private static final class Frame {
    private final boolean object;
    private final boolean record;
    private final Set<String> names = new HashSet<>();
    private int numbers;
    private int scalars;

    Frame(boolean object, boolean record) {
      this.object = object;
      this.record = record;
    }

    void scalar(JsonToken token) {
      scalars++;
      numbers += token.isNumeric() ? 1 : 0;
    }

    // What is nested in a record is part of it: {"cpu": {"user": 1, "system": 2}}.
    void add(Frame nested) {
      numbers += nested.numbers;
      scalars += nested.scalars;
    }

    boolean isPair() {
      return scalars == 2 && numbers >= 1;
    }

    boolean isLog() {
      return has(MESSAGE) && (has(LEVEL) || has(TIME));
    }

    boolean isSample() {
      return (has(TIME) || has(METRIC))
          && !has(LEVEL)
          && (numbers > 0 || has(METRIC))
          && (numbers * 2 >= scalars - 1 || (has(METRIC) && has(TIME)) || names.contains("values"));
    }

    private boolean has(Set<String> wanted) {
      return names.stream().anyMatch(wanted::contains);
    }
  }
}
