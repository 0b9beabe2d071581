package com.faultmaven.common.job;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a job runs without being asked: at an interval, at a time of day in UTC, or never.
 *
 * @param interval from the beginning of one run to that of the next; null when it has none
 * @param timeOfDay in UTC; null when it has none
 */
public record JobSchedule(@Nullable Duration interval, @Nullable LocalTime timeOfDay) {
  private static final String OFF = "off";

  public JobSchedule {
    if (interval != null && timeOfDay != null) {
      throw new IllegalArgumentException("an interval or a time of day, not both");
    }
    if (interval != null && interval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("the interval is shorter than a second: " + interval);
    }
  }

  /**
   * Reads a setting: {@code PT1H} is an interval, {@code 03:30} a time of day in UTC, {@code off}
   * only by hand.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static JobSchedule parse(String text) {
    if (text.equals(OFF)) {
      return byHand();
    }
    try {
      return text.startsWith("P")
          ? every(Duration.parse(text))
          : new JobSchedule(null, LocalTime.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "not a schedule (an interval like PT1H, a time of day like 03:30, or off): " + text, e);
    }
  }

  /** At an interval, counted between the beginnings of runs. */
  public static JobSchedule every(Duration interval) {
    return new JobSchedule(interval, null);
  }

  /** Never without being asked. */
  public static JobSchedule byHand() {
    return new JobSchedule(null, null);
  }

  /**
   * When the next run is due. A time that has passed is a run that was missed, which is made up for
   * once; a job that has never run is due now.
   *
   * @param last the last run, whoever asked for it; null when there was none
   * @param retryAfter how soon after the end of a run that did not succeed the next one is due
   * @return empty when it only runs by hand
   */
  Optional<Instant> next(@Nullable JobRun last, Duration retryAfter, Instant now) {
    if (interval == null && timeOfDay == null) {
      return Optional.empty();
    }
    if (last == null) {
      return Optional.of(now);
    }
    Instant regular = after(last.startedAt());
    Instant ended = last.endedAt();
    if (ended == null || last.outcome() == JobOutcome.SUCCEEDED) {
      return Optional.of(regular);
    }
    Instant again = ended.plus(retryAfter);
    return Optional.of(again.isBefore(regular) ? again : regular);
  }

  private Instant after(Instant start) {
    if (interval != null) {
      return start.plus(interval);
    }
    OffsetDateTime day = start.atOffset(ZoneOffset.UTC).with(timeOfDay);
    return (day.toInstant().isAfter(start) ? day : day.plusDays(1)).toInstant();
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return interval != null ? interval.toString() : timeOfDay != null ? timeOfDay.toString() : OFF;
  }
}
