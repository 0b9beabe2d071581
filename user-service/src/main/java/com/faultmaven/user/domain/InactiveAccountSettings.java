package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What happens to accounts that nobody uses; the keys begin with the prefix. */
@ConfigMapping(prefix = "faultmaven.inactive-accounts")
public interface InactiveAccountSettings {
  /** Whether they are deleted (softly) at all. */
  @WithDefault("false")
  boolean enabled();

  /** Time without a use after which an account is inactive; at least a day. */
  @WithDefault("P30D")
  Duration after();

  /** Accounts that are looked at together, 1 to 10000; each is deleted in its own transaction. */
  @WithDefault("100")
  int batch();

  /** When that is done: an interval, a time of day in UTC, or off. */
  @WithDefault("04:00")
  String schedule();
}
