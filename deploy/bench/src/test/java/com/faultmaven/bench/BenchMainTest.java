package com.faultmaven.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchMainTest {
  @Test
  void takesAnOptionOutOfTheArguments() {
    List<String> arguments = new ArrayList<>(List.of("cases", "--cases", "1000", "auth"));

    assertThat(BenchMain.number(arguments, "--cases", 10_000, 10, 100_000)).isEqualTo(1_000);
    assertThat(BenchMain.number(arguments, "--seconds", 5, 1, 60)).isEqualTo(5);
    assertThat(arguments).containsExactly("cases", "auth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--cases", "--cases 9", "--cases 100001", "--cases many", "--cases -20"})
  void refusesWhatIsNoNumberOfCases(String line) {
    List<String> arguments = new ArrayList<>(List.of(line.split(" ")));

    assertThatThrownBy(() -> BenchMain.number(arguments, "--cases", 10_000, 10, 100_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--cases needs a whole number from 10 to 100000");
  }
}
