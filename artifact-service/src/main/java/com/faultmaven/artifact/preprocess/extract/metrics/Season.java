package com.faultmaven.artifact.preprocess.extract.metrics;

import java.util.Arrays;

/** What comes again every hour, day or week, so that it is not taken for unusual. */
final class Season {
  private static final long[] PERIODS_MILLIS = {3_600_000L, 86_400_000L, 604_800_000L};
  private static final double REPEATS = 0.4;
  private static final int MAX_PERIOD = 20_000;

  private Season() {}

  /** Takes the season out, when there is one; values stay around 0 then. */
  static double[] without(double[] values, long intervalMillis) {
    int period = period(values, intervalMillis);
    return period == 0 ? values : subtract(values, period);
  }

  /** The number of samples after which the series repeats; 0 when it does not. */
  static int period(double[] values, long intervalMillis) {
    if (intervalMillis <= 0) {
      return 0;
    }
    double[] ranks = bounded(values);
    int best = 0;
    double bestScore = REPEATS;
    for (long candidate : PERIODS_MILLIS) {
      long period = Math.round((double) candidate / intervalMillis);
      if (period >= 4 && period <= MAX_PERIOD && period * 3 <= values.length) {
        double score = correlation(ranks, (int) period);
        double half = correlation(ranks, (int) period / 2);
        // A slow drift repeats at every distance; a season does so at its period above all.
        if (score > bestScore && score > half + 0.1) {
          best = (int) period;
          bestScore = score;
        }
      }
    }
    return best;
  }

  private static double[] subtract(double[] values, int period) {
    double[] result = new double[values.length];
    for (int phase = 0; phase < period; phase++) {
      int count = (values.length - phase + period - 1) / period;
      double[] alike = new double[count];
      for (int i = 0; i < count; i++) {
        alike[i] = values[phase + i * period];
      }
      double usual = Numbers.median(alike);
      for (int i = 0; i < count; i++) {
        result[phase + i * period] = alike[i] - usual;
      }
    }
    return result;
  }

  // One outlier must neither make nor hide a season.
  private static double[] bounded(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double low = Numbers.ofSorted(sorted, 0.02);
    double high = Numbers.ofSorted(sorted, 0.98);
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = Math.max(low, Math.min(high, values[i]));
    }
    return result;
  }

  private static double correlation(double[] values, int lag) {
    double mean = Numbers.mean(values);
    double together = 0;
    double alone = 0;
    for (int i = 0; i < values.length; i++) {
      alone += (values[i] - mean) * (values[i] - mean);
      if (i + lag < values.length) {
        together += (values[i] - mean) * (values[i + lag] - mean);
      }
    }
    return alone == 0 ? 0 : together / alone * values.length / Math.max(1, values.length - lag);
  }
}
