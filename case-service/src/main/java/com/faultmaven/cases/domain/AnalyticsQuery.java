package com.faultmaven.cases.domain;

import com.faultmaven.common.model.WireName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which cases are counted.
 *
 * @param userId whose cases; null for everybody's
 * @param since cases that were opened at this time or later
 * @param until cases that were opened before this time
 * @param interval how long the steps of time are
 */
public record AnalyticsQuery(
    @Nullable String userId, Instant since, Instant until, Interval interval) {
  /** Steps of time, in UTC; a week begins on Monday. */
  public enum Interval implements WireName {
    DAY,
    WEEK,
    MONTH
  }
}
