package com.faultmaven.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final Duration SLICE = Duration.ofSeconds(5);

  @Test
  void endsWhenARequestHasCostNoLessForThreeSlices() throws Exception {
    assertThat(slices(20, 90, 60, 59, 61, 50, 49.5, 50, 52, 1)).isEqualTo(8);
  }

  @Test
  void endsWhenACostThatAlwaysFallsHasHadAllSlices() throws Exception {
    assertThat(slices(4, 64, 32, 16, 8, 4)).isEqualTo(4);
  }

  @Test
  void loadsOneSliceWhenThatIsAll() throws Exception {
    assertThat(slices(1, 64, 32)).isEqualTo(1);
  }

  /** How many slices were loaded when their requests cost so many milliseconds. */
  private static int slices(int most, double... costs) throws Exception {
    List<Duration> lives = new ArrayList<>();
    new WarmUp(SLICE, most)
        .run(
            life -> {
              lives.add(life);
              double cost = costs[lives.size() - 1];
              return new Measured(new Figures(100, 20, 1, 2), cost * 100 / 1e3);
            });
    assertThat(lives).containsOnly(SLICE);
    return lives.size();
  }
}
