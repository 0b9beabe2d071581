package com.faultmaven.artifact.preprocess.extract.metrics;

import java.util.Arrays;

/** Numbers as files write them, and robust statistics over them. */
final class Numbers {
  /** What makes the median absolute deviation comparable to a standard deviation. */
  private static final double MAD_TO_SIGMA = 1.4826;

  private Numbers() {}

  /** The number that a text is, with a percent sign or a unit of bytes left out; else NaN. */
  static double parse(String text) {
    String number = text.strip();
    if (number.endsWith("%")) {
      number = number.substring(0, number.length() - 1).strip();
    }
    if (number.isEmpty() || number.length() > 40 || !startsLikeNumber(number)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      // Text in a column of numbers: a value is missing there.
      return Double.NaN;
    }
  }

  // Double.parseDouble also takes hexadecimal and a trailing f or d.
  private static boolean startsLikeNumber(String text) {
    char last = text.charAt(text.length() - 1);
    char first = text.charAt(0);
    boolean begins = (first >= '0' && first <= '9') || "+-.".indexOf(first) >= 0;
    return begins && last >= '0' && last <= '9' && text.indexOf('x') < 0 && text.indexOf('X') < 0;
  }

  static double median(double[] values) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return ofSorted(sorted, 0.5);
  }

  /** A quantile of values in ascending order. */
  static double ofSorted(double[] sorted, double quantile) {
    double position = quantile * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /**
   * How far values usually are from 0, like a standard deviation that outliers do not widen: from
   * their median distance, or from the distance of nine in ten, whichever is more.
   */
  static double spread(double[] residuals) {
    if (residuals.length == 0) {
      return 0;
    }
    double[] distances = new double[residuals.length];
    for (int i = 0; i < residuals.length; i++) {
      distances[i] = Math.abs(residuals[i]);
    }
    Arrays.sort(distances);
    double median = ofSorted(distances, 0.5) * MAD_TO_SIGMA;
    return Math.max(median, ofSorted(distances, 0.9) / 1.645);
  }

  static double mean(double[] values) {
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      mean += (values[i] - mean) / (i + 1);
    }
    return mean;
  }

  static double deviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return values.length < 2 ? 0 : Math.sqrt(sum / (values.length - 1));
  }

  /** The median over a window around each value; the window is cut short at both ends. */
  static double[] rollingMedian(double[] values, int window) {
    int half = window / 2;
    double[] medians = new double[values.length];
    double[] sorted = new double[2 * half + 2];
    int size = 0;
    for (int i = 0; i < Math.min(half, values.length); i++) {
      size = insert(sorted, size, values[i]);
    }
    for (int i = 0; i < values.length; i++) {
      if (i + half < values.length) {
        size = insert(sorted, size, values[i + half]);
      }
      if (i - half - 1 >= 0) {
        size = remove(sorted, size, values[i - half - 1]);
      }
      medians[i] = size % 2 == 1 ? sorted[size / 2] : (sorted[size / 2 - 1] + sorted[size / 2]) / 2;
    }
    return medians;
  }

  private static int insert(double[] sorted, int size, double value) {
    int found = Arrays.binarySearch(sorted, 0, size, value);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = value;
    return size + 1;
  }

  private static int remove(double[] sorted, int size, double value) {
    int at = Arrays.binarySearch(sorted, 0, size, value);
    System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
    return size - 1;
  }
}
