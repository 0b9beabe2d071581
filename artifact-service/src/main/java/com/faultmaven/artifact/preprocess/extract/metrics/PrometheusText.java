package com.faultmaven.artifact.preprocess.extract.metrics;

import com.faultmaven.artifact.preprocess.text.Lines;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the Prometheus text format and OpenMetrics. */
final class PrometheusText {
  private static final int LINE = 4_000;
  private static final Pattern SAMPLE =
      Pattern.compile(
          "^([a-zA-Z_:][\\w:]{0,200})(\\{[^}]{0,3000}\\})? +([-+]?[\\w.+-]{1,40})"
              + "(?: +(-?\\d{1,19}(?:\\.\\d{1,9})?))?(?: +#.*)?$");

  private PrometheusText() {}

  /** Whether most of the first lines are in the format. */
  static boolean matches(Lines lines) {
    int looked = 0;
    int matched = 0;
    for (int i = 0; i < lines.count() && looked < 100; i++) {
      String line = lines.line(i, LINE).strip();
      if (!line.isEmpty()) {
        looked++;
        matched += line.startsWith("# ") || number(line) ? 1 : 0;
      }
    }
    return matched > 0 && matched >= looked * 0.9;
  }

  private static boolean number(String line) {
    Matcher sample = SAMPLE.matcher(line);
    return sample.matches() && !Double.isNaN(Numbers.parse(sample.group(3)));
  }

  /** Reads all samples. */
  static void read(Lines lines, SeriesSet into) {
    Map<String, String> types = new HashMap<>();
    for (int i = 0; i < lines.count(); i++) {
      String line = lines.line(i, LINE).strip();
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", 4);
        if (words.length == 4) {
          types.put(words[2], words[3]);
        }
      } else if (!line.isEmpty() && line.charAt(0) != '#') {
        sample(line, types, into);
      }
    }
  }

  private static void sample(String line, Map<String, String> types, SeriesSet into) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      return;
    }
    double value = Numbers.parse(sample.group(3));
    if (Double.isNaN(value)) {
      return;
    }
    String family = sample.group(1);
    String labels = sample.group(2) == null ? "" : sample.group(2);
    String stem = family.endsWith("_total") ? family.substring(0, family.length() - 6) : family;
    into.add(family + labels, time(sample.group(4)), value);
    if ("counter".equals(types.get(family)) || "counter".equals(types.get(stem))) {
      into.markCounter(family + labels);
    }
  }

  // Prometheus counts milliseconds, OpenMetrics seconds.
  private static long time(@Nullable String text) {
    if (text == null) {
      return SeriesSet.NO_TIME;
    }
    double number = Numbers.parse(text);
    return Math.round(Math.abs(number) < 1e11 ? number * 1_000 : number);
  }
}
