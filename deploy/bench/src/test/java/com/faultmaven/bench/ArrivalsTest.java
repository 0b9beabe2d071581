package com.faultmaven.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void comeEvenlyFromTheStart() {
    Arrivals arrivals = new Arrivals(5 * SECOND, 4, 3);

    assertThat(arrivals.isDue(5 * SECOND - 1)).isFalse();
    assertThat(arrivals.isDue(5 * SECOND)).isTrue();
    assertThat(arrivals.take()).isEqualTo(5 * SECOND);
    assertThat(arrivals.isDue(5 * SECOND + SECOND / 4 - 1)).isFalse();
    assertThat(arrivals.take()).isEqualTo(5 * SECOND + SECOND / 4);
    assertThat(arrivals.take()).isEqualTo(5 * SECOND + SECOND / 2);
    assertThat(arrivals.exhausted()).isTrue();
    assertThat(arrivals.isDue(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void waitForNobody() {
    Arrivals arrivals = new Arrivals(0, 10, 100);
    arrivals.take();

    // The only connection was busy for a second: what became due meanwhile was due then.
    for (int i = 1; i <= 10; i++) {
      assertThat(arrivals.isDue(SECOND)).isTrue();
      assertThat(arrivals.take()).isEqualTo(i * SECOND / 10);
    }
    assertThat(arrivals.isDue(SECOND)).isFalse();
  }

  @Test
  void doNotDriftWhereARateHasNoWholeInterval() {
    Arrivals arrivals = new Arrivals(0, 3, 3_001);
    for (int i = 0; i < 3_000; i++) {
      arrivals.take();
    }

    assertThat(arrivals.take()).isEqualTo(1_000 * SECOND);
  }

  @Test
  void surviveTheTurnOfTheClock() {
    Arrivals arrivals = new Arrivals(Long.MAX_VALUE - 10, 1e8, 5);
    arrivals.take();
    arrivals.take();

    assertThat(arrivals.next()).isNegative();
    assertThat(arrivals.isDue(Long.MAX_VALUE)).isFalse();
    assertThat(arrivals.isDue(Long.MIN_VALUE + 100)).isTrue();
  }
}
