package com.faultmaven.bench;

/**
 * How many rows stand around a case. Most cases are small and few are large; on average there are
 * {@value #EVIDENCE} pieces of evidence, {@value #HYPOTHESES} hypotheses and {@value #MESSAGES}
 * messages.
 */
record CaseSize(int evidence, int hypotheses, int messages) {
  static final int EVIDENCE = 100;
  static final int HYPOTHESES = 20;
  static final int MESSAGES = 200;

  /** Its multiples are spread evenly over the unit interval, however many one takes. */
  private static final double GOLDEN_RATIO = 0.618_033_988_749_894_9;

  /**
   * The size of a case. Any hundred neighbours have nearly the same distribution of sizes, so that
   * figures of few cases and of many can be compared.
   *
   * @param number of the case, from 0
   */
  static CaseSize of(int number) {
    double place = (number + 1) * GOLDEN_RATIO;
    double times = times(place - Math.floor(place));
    return new CaseSize(rows(EVIDENCE, times), rows(HYPOTHESES, times), rows(MESSAGES, times));
  }

  /**
   * How many times the average a case is, by its place between 0 and 1 in the order of sizes: six
   * of ten have 0.2 to 0.8, three 0.8 to 1.6, one 2.8 to 4. The mean is 0.6 * 0.5 + 0.3 * 1.2 + 0.1
   * * 3.4 = 1.
   */
  private static double times(double place) {
    if (place < 0.6) {
      return 0.2 + place;
    }
    return place < 0.9 ? 0.8 + (place - 0.6) / 0.3 * 0.8 : 2.8 + (place - 0.9) / 0.1 * 1.2;
  }

  private static int rows(int average, double times) {
    return Math.toIntExact(Math.round(average * times));
  }
}
