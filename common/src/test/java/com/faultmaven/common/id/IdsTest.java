package com.faultmaven.common.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  @Test
  void makesVersionSevenInOrder() {
    List<String> ids = IntStream.range(0, 10_000).mapToObj(i -> Ids.next()).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(Ids::isCanonical);
    UUID first = UUID.fromString(ids.getFirst());
    assertThat(first.version()).isEqualTo(7);
    assertThat(first.variant()).isEqualTo(2);
    assertThat(first.getMostSignificantBits() >>> 16)
        .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis() + 60_000);
  }

  @Test
  void neverRepeatsUnderConcurrency() {
    List<String> ids = IntStream.range(0, 50_000).parallel().mapToObj(i -> Ids.next()).toList();

    assertThat(ids).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "0198c5d0-8b1e-7000-8000-00000000000",
        "0198C5D0-8b1e-7000-8000-000000000000",
        "0198c5d0_8b1e-7000-8000-000000000000",
        "0198c5d0-8b1e-7000-8000-00000000000g"
      })
  void tellsWhatIsNotCanonical(String text) {
    assertThat(Ids.isCanonical(text)).isFalse();
  }
}
