package com.faultmaven.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseSizeTest {
  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000})
  void keepsTheAverages(int count) {
    assertThat(average(0, count, CaseSize::evidence)).isCloseTo(100, within(1.0));
    assertThat(average(0, count, CaseSize::hypotheses)).isCloseTo(20, within(0.2));
    assertThat(average(0, count, CaseSize::messages)).isCloseTo(200, within(2.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 250, 9_900})
  void spreadsSizesEvenlyOverNeighbours(int from) {
    assertThat(average(from, from + 100, CaseSize::messages)).isCloseTo(200, within(12.0));
    assertThat(sizes(from, from + 100).filter(size -> size.messages() > 500).count())
        .isBetween(8L, 12L);
  }

  @Test
  void isSkewed() {
    int[] messages = sizes(0, 1_000).mapToInt(CaseSize::messages).sorted().toArray();

    assertThat(messages[0]).isBetween(30, 50);
    assertThat(messages[500]).isBetween(130, 150);
    assertThat(messages[999]).isBetween(750, 800);
    assertThat(sizes(0, 1_000)).allMatch(size -> size.evidence() > 0 && size.hypotheses() > 0);
  }

  private static double average(int from, int to, ToIntFunction<CaseSize> rows) {
    return sizes(from, to).mapToInt(rows).average().orElseThrow();
  }

  private static Stream<CaseSize> sizes(int from, int to) {
    return IntStream.range(from, to).mapToObj(CaseSize::of);
  }
}
