package com.faultmaven.user.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

  @Test
  void refusesAfterTheLastOneAndSaysHowLong() {
    Attempts attempts = new Attempts(3, Duration.ofSeconds(30), 10, CLOCK);
    for (int i = 0; i < 3; i++) {
      assertThat(attempts.take("ada")).isZero();
    }

    assertThat(attempts.take("ada")).isEqualTo(Duration.ofSeconds(30));
    assertThat(attempts.take("bob")).isZero();
  }

  @Test
  void remembersABoundedNumber() {
    Attempts attempts = new Attempts(3, Duration.ofSeconds(1), 10, CLOCK);

    for (int i = 0; i < 1_000; i++) {
      attempts.take("key" + i);
    }

    assertThat(attempts.tracked()).isEqualTo(10);
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
    assertThat(Networks.of(first).equals(Networks.of(second))).isEqualTo(same);
  }
}
