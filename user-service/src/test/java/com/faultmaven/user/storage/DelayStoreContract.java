package com.faultmaven.user.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.id.Ids;
import com.faultmaven.user.domain.DelayRule;
import com.faultmaven.user.domain.DelayStore;
import com.faultmaven.user.domain.DelayStore.Refusal;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link DelayStore} does. */
abstract class DelayStoreContract {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** A clock that tests set. */
  protected final TestClock clock = new TestClock();

  protected abstract DelayStore store();

  @Test
  void letsTheFirstFailuresPassAndThenDoublesTheWait() {
    DelayRule rule = rule(3);

    assertThat(waits(rule, 3)).containsOnly(Duration.ZERO);
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      assertThat(take(rule).delay()).isEqualTo(Duration.ofSeconds(seconds));
      assertThat(take(rule).delay())
          .as("asking costs nothing")
          .isEqualTo(Duration.ofSeconds(seconds));
      clock.pass(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(take(rule).delay()).isEqualTo(Duration.ofMillis(1));
      clock.pass(Duration.ofMillis(1));
      assertThat(take(rule)).isEqualTo(Refusal.NONE);
    }
  }

  @Test
  void letsPassWhoseClockIsBehind() {
    DelayRule rule = rule(3);
    take(rule);
    clock.pass(Duration.ofMillis(-20));

    assertThat(take(rule)).isEqualTo(Refusal.NONE);
  }

  @Test
  void saysWhichRuleRefusesAndCountsNothingThen() {
    DelayRule strict = rule(1);
    DelayRule mild = rule(3);
    take(strict, mild);

    Refusal refused = take(mild, strict);

    assertThat(refused).isEqualTo(new Refusal(SECOND, 1));
    // One has been counted, two are left.
    assertThat(waits(mild, 2)).containsOnly(Duration.ZERO);
    assertThat(take(mild).delay()).isEqualTo(SECOND);
  }

  @Test
  void takesBackWhatWasNoFailure() {
    DelayRule rule = rule(1);

    for (int i = 0; i < 20; i++) {
      assertThat(take(rule)).isEqualTo(Refusal.NONE);
      await(store().giveBack(List.of(rule)));
    }
    await(store().giveBack(List.of(rule, rule(5))));
    assertThat(take(rule)).isEqualTo(Refusal.NONE);
    assertThat(take(rule).delay()).isEqualTo(SECOND);
  }

  @Test
  void forgetsOnDemandAndAfterAQuietTime() {
    DelayRule rule = rule(1);
    DelayRule other = rule(1);
    take(rule, other);

    await(store().forget(List.of(rule)));

    assertThat(take(rule)).isEqualTo(Refusal.NONE);
    assertThat(take(other).delay()).isEqualTo(SECOND);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void countsParallelTries(int free) {
    DelayRule rule = rule(free);
    List<Uni<Refusal>> tries =
        IntStream.range(0, 40).mapToObj(i -> store().take(List.of(rule))).toList();

    List<Refusal> answers = await(Uni.join().all(tries).andFailFast());

    assertThat(answers.stream().filter(Refusal.NONE::equals)).hasSize(free);
  }

  /** Whatever happens, nobody waits longer than the bound. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverShutsAnybodyOutForGood(long seed) {
    Random random = new Random(seed);
    DelayRule rule = rule(random.nextInt(4));
    for (int i = 0; i < 200; i++) {
      Refusal answer = take(rule);
      assertThat(answer.delay()).isBetween(Duration.ZERO, MINUTE);
      clock.pass(random.nextBoolean() ? answer.delay() : Duration.ofMillis(random.nextInt(500)));
    }
  }

  private List<Duration> waits(DelayRule rule, int times) {
    return IntStream.range(0, times).mapToObj(i -> take(rule).delay()).toList();
  }

  private Refusal take(DelayRule... rules) {
    return await(store().take(List.of(rules)));
  }

  private static DelayRule rule(int free) {
    return new DelayRule("key " + Ids.next(), free, SECOND, MINUTE, Duration.ofMinutes(10));
  }

  static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }

  /** A clock that stands still until it is told. */
  static final class TestClock extends Clock {
    private volatile Instant now = Instant.now();

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
