package com.faultmaven.artifact.preprocess.extract.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.faultmaven.artifact.preprocess.text.Timestamp;
import com.faultmaven.artifact.preprocess.text.TimestampReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples out of JSON and JSON lines, whatever their arrangement: records of a time and
 * numbers, pairs of a time and a number as Prometheus and Grafana give them, and an array of times
 * beside an array of values.
 */
final class JsonSamples {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_DEPTH = 40;
  private static final int MAX_LABEL = 60;
  private static final int MAX_FIELDS = 300;
  private static final Set<String> TIMES =
      Set.of("time", "timestamp", "ts", "@timestamp", "t", "date", "datetime", "x");
  private static final Set<String> NAMES =
      Set.of(
          "metric",
          "__name__",
          "metric_name",
          "metricname",
          "name",
          "target",
          "label",
          "series",
          "id");
  private static final Set<String> VALUES =
      Set.of("value", "v", "y", "values", "datapoints", "points");

  private final TimestampReader times = new TimestampReader();
  private final SeriesSet into;

  JsonSamples(SeriesSet into) {
    this.into = into;
  }

  /** Reads as far as the text is JSON; what was read before it breaks off stays. */
  boolean read(String text) {
    boolean whole = true;
    try (JsonParser parser = JSON.createParser(text)) {
      while (parser.nextToken() != null) {
        Node node = new Node();
        value(parser, "", node, 0);
        emit(node);
      }
    } catch (IOException e) {
      // Broken JSON: the samples before the break were added already.
      whole = false;
    }
    return whole;
  }

  /** What an object holds by itself, before it is known which of it are samples. */
  private static final class Node {
    private final Map<String, Double> numbers = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, List<double[]>> pairs = new LinkedHashMap<>();
    private final Map<String, List<Object>> arrays = new LinkedHashMap<>();
    private long time = SeriesSet.NO_TIME;
  }

  private void value(JsonParser parser, String name, Node node, int depth) throws IOException {
    JsonToken token = parser.currentToken();
    if (depth > MAX_DEPTH) {
      parser.skipChildren();
    } else if (token == JsonToken.START_OBJECT) {
      object(parser, name, node, depth);
    } else if (token == JsonToken.START_ARRAY) {
      array(parser, name, node, depth);
    } else if (token != null && token.isScalarValue()) {
      scalar(parser, name, node);
    }
  }

  private void object(JsonParser parser, String prefix, Node parent, int depth) throws IOException {
    Node node = new Node();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      value(parser, name, node, depth + 1);
    }
    boolean own = node.time != SeriesSet.NO_TIME || !node.pairs.isEmpty() || !node.arrays.isEmpty();
    if (own) {
      emit(node);
      return;
    }
    // An object without a time says more about the one that it is in.
    String path = prefix.isEmpty() || isOneOf(NAMES, prefix) ? "" : prefix + ".";
    node.numbers.forEach((name, number) -> put(parent.numbers, path + name, number));
    node.labels.forEach((name, label) -> put(parent.labels, path + name, label));
  }

  private static <T> void put(Map<String, T> map, String name, T value) {
    if (map.size() < MAX_FIELDS) {
      map.put(name, value);
    }
  }

  private void array(JsonParser parser, String name, Node node, int depth) throws IOException {
    List<Object> scalars = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        Node element = new Node();
        value(parser, "", element, depth + 1);
        emit(element);
      } else if (token == JsonToken.START_ARRAY && depth < MAX_DEPTH) {
        array(parser, name, node, depth + 1);
      } else if (token.isNumeric()) {
        scalars.add(parser.getDoubleValue());
      } else if (token == JsonToken.VALUE_STRING) {
        scalars.add(parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    if (scalars.size() == 2 && pair(scalars, name, node)) {
      return;
    }
    if (scalars.size() > 2) {
      node.arrays.put(name, scalars);
    }
  }

  // [time, value] of Prometheus, [value, time] of Grafana.
  private boolean pair(List<Object> scalars, String name, Node node) {
    long first = time(scalars.get(0));
    long second = time(scalars.get(1));
    boolean reversed = first == SeriesSet.NO_TIME;
    long time = reversed ? second : first;
    double value = number(scalars.get(reversed ? 0 : 1));
    if (time == SeriesSet.NO_TIME || Double.isNaN(value)) {
      return false;
    }
    node.pairs.computeIfAbsent(name, key -> new ArrayList<>()).add(new double[] {time, value});
    return true;
  }

  private void scalar(JsonParser parser, String name, Node node) throws IOException {
    boolean isTime = isOneOf(TIMES, name);
    if (parser.currentToken().isNumeric()) {
      double number = parser.getDoubleValue();
      long time = isTime ? time(number) : SeriesSet.NO_TIME;
      if (time == SeriesSet.NO_TIME) {
        put(node.numbers, name, number);
      } else {
        node.time = time;
      }
    } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
      String text = parser.getText();
      long time = isTime ? time(text) : SeriesSet.NO_TIME;
      double number = isOneOf(VALUES, name) ? Numbers.parse(text) : Double.NaN;
      if (time != SeriesSet.NO_TIME) {
        node.time = time;
      } else if (!Double.isNaN(number)) {
        put(node.numbers, name, number);
      } else if (text.length() <= MAX_LABEL) {
        put(node.labels, name, text);
      }
    }
  }

  private void emit(Node node) {
    String base = base(node);
    String labels = labels(node);
    node.numbers.forEach((name, value) -> into.add(named(base, name) + labels, node.time, value));
    node.pairs.forEach(
        (name, pairs) -> {
          String series = named(base, name) + labels;
          pairs.forEach(pair -> into.add(series, (long) pair[0], pair[1]));
        });
    List<Object> clock = clock(node);
    node.arrays.forEach(
        (name, values) -> {
          if (values != clock) {
            column(named(base, name) + labels, values, clock);
          }
        });
  }

  private void column(String name, List<Object> values, @Nullable List<Object> clock) {
    boolean timed = clock != null && clock.size() == values.size();
    for (int i = 0; i < values.size(); i++) {
      double value = number(values.get(i));
      if (!Double.isNaN(value)) {
        into.add(name, timed && clock != null ? time(clock.get(i)) : SeriesSet.NO_TIME, value);
      }
    }
  }

  private @Nullable List<Object> clock(Node node) {
    for (Map.Entry<String, List<Object>> array : node.arrays.entrySet()) {
      String name = array.getKey().toLowerCase(Locale.ROOT);
      boolean named =
          name.startsWith("time") || name.equals("ts") || name.equals("x") || name.equals("t");
      if (named && time(array.getValue().getFirst()) != SeriesSet.NO_TIME) {
        return array.getValue();
      }
    }
    return null;
  }

  private static String base(Node node) {
    for (Map.Entry<String, String> label : node.labels.entrySet()) {
      if (isOneOf(NAMES, label.getKey())) {
        return label.getValue();
      }
    }
    return "";
  }

  private static String named(String base, String name) {
    if (base.isEmpty()) {
      return name.isEmpty() ? "value" : name;
    }
    return name.isEmpty() || isOneOf(VALUES, name) ? base : base + "." + name;
  }

  private static String labels(Node node) {
    StringBuilder text = new StringBuilder();
    node.labels.forEach(
        (name, value) -> {
          if (!isOneOf(NAMES, name) && text.length() < 150) {
            text.append(text.isEmpty() ? "{" : ", ").append(name).append('=').append(value);
          }
        });
    return text.isEmpty() ? "" : text.append('}').toString();
  }

  private static boolean isOneOf(Set<String> names, String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }

  private static double number(Object value) {
    return value instanceof Double number ? number : Numbers.parse(value.toString());
  }

  private long time(Object value) {
    if (value instanceof Double number) {
      boolean seconds = number >= 8e8 && number < 4.1e9;
      boolean millis = number >= 8e11 && number < 4.1e12;
      return seconds ? Math.round(number * 1_000) : millis ? Math.round(number) : SeriesSet.NO_TIME;
    }
    Timestamp found = times.readWhole(value.toString());
    return found == null ? SeriesSet.NO_TIME : found.epochMillis();
  }
}
