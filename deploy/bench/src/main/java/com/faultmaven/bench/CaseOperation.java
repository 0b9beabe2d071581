package com.faultmaven.bench;

import java.util.List;
import java.util.function.Supplier;

/**
 * Something that is asked of case-service, and the same without it.
 *
 * @param callers gives the callers of a run, one for each connection
 * @param bare what PostgreSQL alone is given; one of them by chance at each turn
 * @param below what the 99th percentile is promised to stay below at the usual number of
 *     connections, in milliseconds; 0 for nothing
 * @param rate requests a second at which it is measured, too, whether or not answers keep up; 0 for
 *     none
 */
record CaseOperation(String name, Callers callers, List<BareWork> bare, double below, double rate) {
  /** Gives the callers of the run with this number, from 0. */
  @FunctionalInterface
  interface Callers {
    /** Gives a caller for each connection. */
    Supplier<HttpCaller> of(int run);
  }
}
