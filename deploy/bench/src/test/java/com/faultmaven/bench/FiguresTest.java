package com.faultmaven.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void sumsUpARun() {
    long[] nanos = LongStream.rangeClosed(1, 200).map(ms -> (201 - ms) * 1_000_000).toArray();

    Figures figures = Figures.of(nanos, 4_000_000_000L);

    assertThat(figures).isEqualTo(new Figures(200, 50, 100, 198));
  }

  @Test
  void refusesARunWithoutOperations() {
    assertThatThrownBy(() -> Figures.of(new long[0], 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void putsTwoRunsTogether() {
    assertThat(new Figures(100, 50, 2, 9).and(new Figures(300, 70, 4, 7)))
        .isEqualTo(new Figures(400, 60, 3, 9));
  }
}
