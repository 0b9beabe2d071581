package com.faultmaven.user.domain;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** Counts failures and keeps the waits that they cause; shared by replicas or of one process. */
public interface DelayStore {
  /**
   * Counts a failure under every key, before it is known to be one, so that parallel tries count;
   * unless one must still wait under any of them.
   *
   * @return {@link Refusal#NONE} when it was counted; else nothing was counted
   */
  Uni<Refusal> take(List<DelayRule> rules);

  /** Takes a count back, with the wait that it caused: it was no failure. */
  Uni<Void> giveBack(List<DelayRule> rules);

  /** Forgets all failures under these keys. */
  Uni<Void> forget(List<DelayRule> rules);

  /**
   * Whether one must wait.
   *
   * @param delay how long; zero when not
   * @param rule index of the rule that says so; -1 when none does
   */
  record Refusal(Duration delay, int rule) {
    /** One need not wait. */
    public static final Refusal NONE = new Refusal(Duration.ZERO, -1);
  }
}
