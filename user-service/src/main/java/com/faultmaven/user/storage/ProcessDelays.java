package com.faultmaven.user.storage;

import com.faultmaven.user.domain.DelayRule;
import com.faultmaven.user.domain.DelayStore;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Failures in the memory of this process, for a bounded number of keys. */
final class ProcessDelays implements DelayStore {
  private final Clock clock;
  private final Cache<String, Failures> counts;

  ProcessDelays(int tracked, Clock clock) {
    this.clock = clock;
    counts = Caffeine.newBuilder().maximumSize(tracked).build();
  }

  private record Failures(int count, long waitUntil, long forgetAt) {}

  @Override
  public Uni<Refusal> take(List<DelayRule> rules) {
    return Uni.createFrom().item(() -> takeNow(rules));
  }

  // One lock for all keys: what it guards takes microseconds, and a hash follows.
  private synchronized Refusal takeNow(List<DelayRule> rules) {
    long now = clock.millis();
    Refusal longest = Refusal.NONE;
    for (int i = 0; i < rules.size(); i++) {
      Failures failures = find(rules.get(i), now);
      long wait = failures == null ? 0 : failures.waitUntil - now;
      if (wait > longest.delay().toMillis()) {
        longest = new Refusal(Duration.ofMillis(wait), i);
      }
    }
    if (longest.delay().isZero()) {
      rules.forEach(rule -> count(rule, now));
    }
    return longest;
  }

  private void count(DelayRule rule, long now) {
    Failures before = find(rule, now);
    int count = before == null ? 1 : before.count + 1;
    long wait = rule.waitAfter(count).toMillis();
    // Without a wait no time at all: the next one's clock may be behind.
    long until = wait == 0 ? 0 : now + wait;
    counts.put(rule.key(), new Failures(count, until, now + rule.memory().toMillis() + wait));
  }

  @Override
  public Uni<Void> giveBack(List<DelayRule> rules) {
    return Uni.createFrom()
        .item(
            () -> {
              synchronized (this) {
                long now = clock.millis();
                rules.forEach(rule -> giveBack(rule, now));
                return null;
              }
            });
  }

  private void giveBack(DelayRule rule, long now) {
    Failures failures = find(rule, now);
    if (failures == null || failures.count <= 1) {
      counts.invalidate(rule.key());
    } else {
      counts.put(rule.key(), new Failures(failures.count - 1, 0, failures.forgetAt));
    }
  }

  @Override
  public Uni<Void> forget(List<DelayRule> rules) {
    return Uni.createFrom()
        .item(
            () -> {
              counts.invalidateAll(rules.stream().map(DelayRule::key).toList());
              return null;
            });
  }

  /** How many keys are remembered. */
  long tracked() {
    counts.cleanUp();
    return counts.estimatedSize();
  }

  private @Nullable Failures find(DelayRule rule, long now) {
    Failures failures = counts.getIfPresent(rule.key());
    return failures == null || failures.forgetAt <= now ? null : failures;
  }
}
