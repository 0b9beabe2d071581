package com.faultmaven.artifact.preprocess.extract.metrics;

import com.faultmaven.artifact.preprocess.extract.Texts;
import com.faultmaven.artifact.preprocess.extract.metrics.Anomaly.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds what is unusual in a series: against a rolling median of what is left without the season,
 * measured in deviations that outliers do not widen, so that trend and season are not unusual.
 */
final class AnomalySearch {
  private static final int MIN_SAMPLES = 12;
  private static final double UNUSUAL = 5;
  private static final double SHIFTED = 4;
  private static final int BREAK = 3;
  private static final int MANY = 5;
  private static final int MAX_FOUND = 12;
  private static final int MAX_WINDOW = 151;

  private final Series series;
  private final double[] values;
  private final double interval;
  private final List<Anomaly> found = new ArrayList<>();

  private AnomalySearch(Series series) {
    this.series = series;
    values = series.values();
    interval = interval(series);
  }

  /**
   * What was found.
   *
   * @param anomalies what is unusual, in order of time
   * @param recurring what comes again so often that it is usual; empty when nothing does
   */
  record Found(List<Anomaly> anomalies, String recurring) {}

  /** The anomalies of a series in order of time; not more than a dozen, the strongest. */
  static Found of(Series series) {
    if (series.size() < MIN_SAMPLES) {
      return new Found(List.of(), "");
    }
    AnomalySearch search = new AnomalySearch(series);
    search.gaps();
    search.flatLines();
    search.shapes();
    String recurring = search.takeOut(Kind.SPIKE) + search.takeOut(Kind.DROP);
    return new Found(search.strongest(), recurring);
  }

  /** The usual distance of samples in milliseconds, 0 when they have no times. */
  static double interval(Series series) {
    if (!series.timed() || series.size() < 3) {
      return 0;
    }
    double[] distances = new double[series.size() - 1];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = series.time(i + 1) - series.time(i);
    }
    return Numbers.median(distances);
  }

  private void gaps() {
    if (interval <= 0) {
      return;
    }
    for (int i = 1; i < values.length; i++) {
      double distance = (series.time(i) - series.time(i - 1)) / interval;
      if (distance >= 3.5) {
        found.add(new Anomaly(Kind.GAP, i - 1, i, values[i - 1], distance));
      }
    }
  }

  private void flatLines() {
    int changes = 0;
    for (int i = 1; i < values.length; i++) {
      changes += values[i] != values[i - 1] ? 1 : 0;
    }
    // A series that rests most of the time does nothing unusual when it rests.
    if (changes < values.length * 0.5) {
      return;
    }
    int least = Math.max(8, values.length / 100);
    int start = 0;
    for (int i = 1; i <= values.length; i++) {
      if (i == values.length || values[i] != values[start]) {
        if (i - start >= least) {
          double score = UNUSUAL * (i - start) / least;
          found.add(new Anomaly(Kind.FLAT_LINE, start, i - 1, values[start], score));
        }
        start = i;
      }
    }
  }

  private void shapes() {
    double[] flat = Season.without(values, Math.round(interval));
    List<Anomaly> shifts = shifts(flat);
    int window = Math.min(MAX_WINDOW, Math.max(11, flat.length / 20) | 1);
    double[] usual = Numbers.rollingMedian(flat, window);
    double[] residuals = new double[flat.length];
    for (int i = 0; i < flat.length; i++) {
      residuals[i] = flat[i] - usual[i];
    }
    found.addAll(shifts);
    outliers(residuals, window, shifts);
  }

  private void outliers(double[] residuals, int window, List<Anomaly> shifts) {
    double spread = spread(residuals);
    if (spread == 0) {
      return;
    }
    int i = 0;
    while (i < residuals.length) {
      if (Math.abs(residuals[i]) > UNUSUAL * spread) {
        Anomaly event = event(residuals, spread, i);
        if (shifts.stream().noneMatch(shift -> shift.near(event, window / 4))) {
          found.add(event);
        }
        i = event.to();
      }
      i++;
    }
  }

  // Samples that stand out together, with small breaks, are one event.
  private Anomaly event(double[] residuals, double spread, int start) {
    int end = start;
    int at = start;
    for (int i = start; i < residuals.length && i <= end + BREAK; i++) {
      if (Math.abs(residuals[i]) > UNUSUAL * spread) {
        end = i;
        at = Math.abs(residuals[i]) > Math.abs(residuals[at]) ? i : at;
      }
    }
    Kind kind = residuals[at] > 0 ? Kind.SPIKE : Kind.DROP;
    double score = Math.abs(residuals[at]) / spread;
    return new Anomaly(kind, start, end, values[at], score);
  }

  private double spread(double[] residuals) {
    double spread = Numbers.spread(residuals);
    if (spread > 0) {
      return spread;
    }
    // Nine in ten samples are exactly as usual: any other is unusual, if only by rounding.
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double range = sorted[sorted.length - 1] - sorted[0];
    return range / 20;
  }

  private List<Anomaly> shifts(double[] flat) {
    int side = Math.min(MAX_WINDOW, Math.max(8, flat.length / 25));
    int step = Math.max(1, side / 8);
    List<Anomaly> candidates = new ArrayList<>();
    for (int at = side; at + side <= flat.length; at += step) {
      double score = shift(flat, at, side);
      if (score > SHIFTED) {
        double level = Numbers.median(Arrays.copyOfRange(values, at, at + side));
        candidates.add(new Anomaly(Kind.LEVEL_SHIFT, at, at, level, score));
      }
    }
    candidates.sort(Comparator.comparingDouble(Anomaly::score).reversed());
    List<Anomaly> kept = new ArrayList<>();
    for (Anomaly candidate : candidates) {
      if (kept.stream().noneMatch(other -> other.near(candidate, 2 * side))) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  // How far the medians of both sides are apart, in deviations within the sides.
  private static double shift(double[] flat, int at, int side) {
    double[] before = Arrays.copyOfRange(flat, at - side, at);
    double[] after = Arrays.copyOfRange(flat, at, at + side);
    double left = Numbers.median(before);
    double right = Numbers.median(after);
    double spread = Math.max(around(before, left), around(after, right));
    double distance = Math.abs(right - left);
    double floor = 0.02 * Math.max(Math.abs(left), Math.abs(right));
    double unit = Math.max(spread, floor);
    return unit == 0 ? 0 : distance / unit;
  }

  private static double around(double[] values, double center) {
    double[] residuals = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      residuals[i] = values[i] - center;
    }
    return Numbers.spread(residuals);
  }

  // What happens again and again, about as strongly, is how the series is.
  private String takeOut(Kind kind) {
    List<Anomaly> alike = found.stream().filter(one -> one.kind() == kind).toList();
    if (alike.size() < MANY) {
      return "";
    }
    double usual = Numbers.median(alike.stream().mapToDouble(Anomaly::score).toArray());
    List<Anomaly> routine = alike.stream().filter(one -> one.score() <= usual * 1.3).toList();
    if (routine.size() < MANY) {
      return "";
    }
    // The first of them is where it began.
    found.removeAll(routine.subList(1, routine.size()));
    double value = Numbers.median(routine.stream().mapToDouble(Anomaly::value).toArray());
    return Texts.format(
        "%s of about %s %d times; ", kind.text(), Texts.number(value), routine.size());
  }

  private List<Anomaly> strongest() {
    return found.stream()
        .sorted(Comparator.comparingDouble(Anomaly::score).reversed())
        .limit(MAX_FOUND)
        .sorted(Comparator.comparingInt(Anomaly::from))
        .toList();
  }
}
