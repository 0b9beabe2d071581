package com.faultmaven.user.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.user.domain.DelayRule;
import com.faultmaven.user.domain.DelayStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessDelaysTest extends DelayStoreContract {
  private static final int TRACKED = 50;

  private final ProcessDelays store = new ProcessDelays(TRACKED, clock);

  @Override
  protected DelayStore store() {
    return store;
  }

  @Test
  void remembersABoundedNumber() {
    for (int i = 0; i < 1_000; i++) {
      await(store.take(List.of(rule("key " + i))));
    }

    assertThat(store.tracked()).isLessThanOrEqualTo(TRACKED);
  }

  @Test
  void forgetsAfterAQuietTime() {
    await(store.take(List.of(rule("one"))));
    clock.pass(Duration.ofMinutes(11));

    assertThat(await(store.take(List.of(rule("one"))))).isEqualTo(DelayStore.Refusal.NONE);
  }

  private static DelayRule rule(String key) {
    return new DelayRule(
        key, 1, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(10));
  }
}
