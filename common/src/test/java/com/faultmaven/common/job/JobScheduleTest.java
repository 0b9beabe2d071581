package com.faultmaven.common.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobScheduleTest {
  private static final Instant NOW = Instant.parse("2026-03-17T12:00:00Z");
  private static final Duration RETRY = Duration.ofMinutes(10);

  @ParameterizedTest
  @CsvSource({
    // schedule, last start, outcome, due
    "PT1H,  2026-03-17T11:30:00Z, SUCCEEDED,   2026-03-17T12:30:00Z",
    "PT1H,  2026-03-10T11:30:00Z, SUCCEEDED,   2026-03-10T12:30:00Z",
    "P1D,   2026-03-17T11:30:00Z, FAILED,      2026-03-17T11:41:00Z",
    "PT5M,  2026-03-17T11:58:00Z, FAILED,      2026-03-17T12:03:00Z",
    "P1D,   2026-03-17T11:30:00Z, INTERRUPTED, 2026-03-17T11:41:00Z",
    "03:30, 2026-03-17T03:30:05Z, SUCCEEDED,   2026-03-18T03:30:00Z",
    "03:30, 2026-03-17T03:30:00Z, SUCCEEDED,   2026-03-18T03:30:00Z",
    "03:30, 2026-03-17T03:29:59Z, SUCCEEDED,   2026-03-17T03:30:00Z",
    "03:30, 2026-03-01T09:00:00Z, SUCCEEDED,   2026-03-02T03:30:00Z",
    "03:30, 2026-03-17T03:30:05Z, FAILED,      2026-03-17T03:41:05Z",
    "PT1H,  2026-03-17T11:59:00Z, ,            2026-03-17T12:59:00Z",
  })
  void tellsWhenTheNextRunIsDue(
      String schedule, Instant last, @Nullable JobOutcome outcome, Instant due) {
    assertThat(JobSchedule.parse(schedule).next(run(last, outcome), RETRY, NOW)).contains(due);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "03:30", "23:59:30"})
  void isDueAtOnceWhenItHasNeverRun(String schedule) {
    assertThat(JobSchedule.parse(schedule).next(null, RETRY, NOW)).contains(NOW);
  }

  @Test
  void isNeverDueWhenItRunsByHandAlone() {
    assertThat(JobSchedule.byHand().next(null, RETRY, NOW)).isEmpty();
    assertThat(JobSchedule.byHand().next(run(NOW, JobOutcome.FAILED), RETRY, NOW)).isEmpty();
  }

  @Property
  void aTimeOfDayComesWithinADayAfterTheLastRun(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
      @ForAll @LongRange(min = 0, max = 86_399) long ofDay) {
    Instant last = Instant.ofEpochSecond(second);
    JobSchedule schedule = JobSchedule.parse(java.time.LocalTime.ofSecondOfDay(ofDay).toString());

    Instant due = schedule.next(run(last, JobOutcome.SUCCEEDED), RETRY, NOW).orElseThrow();

    assertThat(due).isAfter(last).isBeforeOrEqualTo(last.plus(Duration.ofDays(1)));
    assertThat(Math.floorMod(due.getEpochSecond(), 86_400L)).isEqualTo(ofDay);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "P1D", "03:30", "03:30:15", "off"})
  void readsWhatItWrites(String text) {
    JobSchedule schedule = JobSchedule.parse(text);

    assertThat(JobSchedule.parse(schedule.toString())).isEqualTo(schedule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "never", "25:00", "PT0S", "PT-1H", "P", "1h", "* * * * *"})
  void refusesWhatIsNoSchedule(String text) {
    assertThatThrownBy(() -> JobSchedule.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** A run of one minute; one that still runs when it has no outcome. */
  private static JobRun run(Instant start, @Nullable JobOutcome outcome) {
    Instant end = outcome == null ? null : start.plusSeconds(60);
    return new JobRun(
        Ids.next(),
        "job",
        JobTrigger.SCHEDULE,
        null,
        start,
        start,
        end,
        outcome,
        Map.of(),
        0,
        null);
  }
}
