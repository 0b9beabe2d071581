package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How tokens that have expired are removed; the keys begin with the prefix. */
@ConfigMapping(prefix = "faultmaven.expired-tokens")
public interface ExpiredTokenSettings {
  /** Rows that are removed in one transaction, 1 to 10000. */
  @WithDefault("1000")
  int batch();

  /** When that is done: an interval, a time of day in UTC, or off. */
  @WithDefault("PT1H")
  String schedule();
}
