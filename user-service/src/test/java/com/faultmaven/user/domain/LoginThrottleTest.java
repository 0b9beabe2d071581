package com.faultmaven.user.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginThrottleTest {
  private final TestClock clock = new TestClock();
  private final LoginThrottle throttle = new LoginThrottle(settings(), clock);

  @Test
  void refusesAfterTheLastAttemptUntilOneComesBack() {
    take(3, "ada", "192.0.2.1");

    assertThatThrownBy(() -> throttle.take("ada", "192.0.2.2"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(429);
              assertThat(problem.code()).isEqualTo("too-many-attempts");
              assertThat(problem.headers())
                  .containsEntry("Retry-After", "30")
                  .containsEntry("RateLimit-Limit", "3")
                  .containsEntry("RateLimit-Remaining", "0");
            });
    clock.pass(Duration.ofSeconds(29));
    assertThatThrownBy(() -> throttle.take("ada", "192.0.2.2")).isInstanceOf(Problem.class);
    clock.pass(Duration.ofSeconds(1));
    assertThatCode(() -> throttle.take("ada", "192.0.2.2")).doesNotThrowAnyException();
    assertThatThrownBy(() -> throttle.take("ada", "192.0.2.2")).isInstanceOf(Problem.class);
  }

  @Test
  void countsEachAccountByItself() {
    take(3, "ada", "192.0.2.1");

    assertThatCode(() -> throttle.take("bob", "192.0.2.1")).doesNotThrowAnyException();
  }

  @Test
  void forgetsWrongGuessesAfterALogIn() {
    take(2, "ada", "192.0.2.1");
    throttle.take("ada", "192.0.2.1");
    throttle.succeeded("ada", "192.0.2.1");

    assertThatCode(() -> take(3, "ada", "192.0.2.1")).doesNotThrowAnyException();
  }

  @Test
  void givesBackWhatWasNoGuess() {
    for (int i = 0; i < 100; i++) {
      throttle.take("ada", "192.0.2.1");
      throttle.giveBack("ada", "192.0.2.1");
    }

    assertThatCode(() -> take(3, "ada", "192.0.2.1")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "2001:db8::1, 2001:db8:0:0:5::1, true",
  })
  void countsAddressesByNetwork(String first, String second, boolean same) {
    for (int i = 0; i < 5; i++) {
      throttle.take("account" + i, first);
    }

    if (same) {
      assertThatThrownBy(() -> throttle.take("another", second)).isInstanceOf(Problem.class);
    } else {
      assertThatCode(() -> throttle.take("another", second)).doesNotThrowAnyException();
    }
  }

  @Test
  void remembersABoundedNumber() {
    Attempts attempts = new Attempts(3, Duration.ofSeconds(1), 10, clock);

    for (int i = 0; i < 1000; i++) {
      attempts.take("key" + i);
    }

    assertThat(attempts.tracked()).isEqualTo(10);
  }

  private void take(int times, String account, String address) {
    for (int i = 0; i < times; i++) {
      throttle.take(account, address);
    }
  }

  private static LoginSettings settings() {
    return new LoginSettings() {
      @Override
      public int accountAttempts() {
        return 3;
      }

      @Override
      public Duration accountRefill() {
        return Duration.ofSeconds(30);
      }

      @Override
      public int addressAttempts() {
        return 5;
      }

      @Override
      public Duration addressRefill() {
        return Duration.ofSeconds(10);
      }

      @Override
      public int tracked() {
        return 1000;
      }

      @Override
      public Duration sessionTimeout() {
        return Duration.ofSeconds(1);
      }
    };
  }

  /** A clock that moves when it is told to. */
  private static final class TestClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

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
      throw new UnsupportedOperationException();
    }
  }
}
