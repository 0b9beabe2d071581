package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the append-only logs are kept; the keys begin with {@code faultmaven.audit}. */
@ConfigMapping(prefix = "faultmaven.audit")
public interface AuditSettings {
  /** Age at which rows of both logs are removed; at least 90 days. */
  @WithDefault("P730D")
  Duration keep();

  /** Rows that are removed in one transaction, 1 to 10000. */
  @WithDefault("1000")
  int batch();

  /** When that is done: an interval, a time of day in UTC, or off. */
  @WithDefault("03:30")
  String schedule();
}
