package com.faultmaven.artifact.preprocess.extract.metrics;

import com.faultmaven.artifact.preprocess.extract.Texts;
import java.util.Arrays;
import java.util.List;

/**
 * A series in figures.
 *
 * @param series the series, in order of time
 * @param mean its mean
 * @param deviation its standard deviation
 * @param min least value
 * @param max greatest value
 * @param trend where it goes: {@code rising}, {@code falling} or {@code flat}, with how much over
 *     the whole
 * @param anomalies what is unusual, in order of time
 * @param recurring what comes again so often that it is usual; empty when nothing does
 */
record SeriesFacts(
    Series series,
    double mean,
    double deviation,
    double min,
    double max,
    String trend,
    List<Anomaly> anomalies,
    String recurring) {
  private static final int PARTS = 40;
  private static final double MAX_SCORE = 999.9;

  static SeriesFacts of(Series raw) {
    Series sorted = raw.sorted();
    Series series = sorted.counter() && sorted.size() > 2 ? sorted.increases() : sorted;
    double[] values = series.values();
    double min = Arrays.stream(values).min().orElse(0);
    double max = Arrays.stream(values).max().orElse(0);
    double deviation = Numbers.deviation(values);
    AnomalySearch.Found found = AnomalySearch.of(series);
    return new SeriesFacts(
        series,
        Numbers.mean(values),
        deviation,
        min,
        max,
        trend(Season.without(values, Math.round(AnomalySearch.interval(series)))),
        found.anomalies(),
        found.recurring());
  }

  /** The strongest anomaly's score, 0 without any. */
  double strongest() {
    return anomalies.stream().mapToDouble(Anomaly::score).max().orElse(0);
  }

  // Theil-Sen over the medians of equal parts: the median of all slopes, which outliers do not
  // turn.
  private static String trend(double[] values) {
    double deviation = Numbers.deviation(values);
    int parts = Math.min(PARTS, values.length);
    if (parts < 4 || deviation == 0) {
      return "flat";
    }
    double[] medians = new double[parts];
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) i * values.length / parts);
      int to = (int) ((long) (i + 1) * values.length / parts);
      medians[i] = Numbers.median(Arrays.copyOfRange(values, from, to));
    }
    double[] slopes = new double[parts * (parts - 1) / 2];
    int count = 0;
    int up = 0;
    for (int i = 0; i < parts; i++) {
      for (int j = i + 1; j < parts; j++) {
        slopes[count++] = (medians[j] - medians[i]) / (j - i);
        up += Double.compare(medians[j], medians[i]);
      }
    }
    double change = Numbers.median(slopes) * (parts - 1);
    boolean consistent = Math.abs(up) > count * 0.4;
    if (!consistent || Math.abs(change) < deviation * 0.5) {
      return "flat";
    }
    return (change > 0 ? "rising by " : "falling by ") + Texts.number(Math.abs(change));
  }

  /** An anomaly in words: kind, time, value, score. */
  String describe(Anomaly anomaly) {
    String from = series.at(anomaly.from());
    String until = anomaly.to() > anomaly.from() ? " to " + series.at(anomaly.to()) : "";
    String value =
        switch (anomaly.kind()) {
          case LEVEL_SHIFT -> "to " + Texts.number(anomaly.value());
          case GAP -> Texts.format("%.0f samples missing", anomaly.score() - 1);
          case FLAT_LINE -> Texts.format("at %s", Texts.number(anomaly.value()));
          default -> Texts.number(anomaly.value());
        };
    return Texts.format(
        "%s %s%s: %s (score %.1f)",
        anomaly.kind().text(), from, until, value, Math.min(MAX_SCORE, anomaly.score()));
  }

  /** The figures in words. */
  String figures() {
    return Texts.format(
        "n %,d, mean %s, deviation %s, min %s, max %s, trend %s",
        series.size(),
        Texts.number(mean),
        Texts.number(deviation),
        Texts.number(min),
        Texts.number(max),
        trend);
  }
}
