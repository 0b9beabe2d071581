package com.faultmaven.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final Duration SLICE = Duration.ofSeconds(5);

  @Test
  void endsWhenTheCompilersHaveBeenQuietForTwoSlices() throws Exception {
    assertThat(slices(20, 0.9, 0.5, 0.019, 0.2, 0.015, 0.01, 0.0)).isEqualTo(6);
  }

  @Test
  void endsAtOnceForAProgramThatCompilesNothing() throws Exception {
    assertThat(slices(20, 0, 0, 0)).isEqualTo(2);
  }

  @Test
  void endsWhenALoadThatAlwaysNeedsCompilersHasHadAllSlices() throws Exception {
    assertThat(slices(4, 0.5, 0.5, 0.5, 0.5, 0.5)).isEqualTo(4);
  }

  @Test
  void loadsOneSliceWhenThatIsAll() throws Exception {
    assertThat(slices(1, 0.5, 0.5)).isEqualTo(1);
  }

  /** How many slices were loaded when compilers took such parts of the processor time. */
  private static int slices(int most, double... compiling) throws Exception {
    List<Duration> lives = new ArrayList<>();
    new WarmUp(SLICE, most)
        .run(
            life -> {
              lives.add(life);
              double part = compiling[lives.size() - 1];
              return new Measured(new Figures(100, 20, 1, 2), 8, 8 * part);
            });
    assertThat(lives).containsOnly(SLICE);
    return lives.size();
  }
}
