package com.faultmaven.cases.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * Copies of loaded cases in Redis, if {@code faultmaven.redis.url} names one; the keys begin with
 * the prefix.
 */
@ConfigMapping(prefix = "faultmaven.case-cache")
public interface CaseCacheSettings {
  /** How long a copy is kept without a change. */
  @WithDefault("PT5M")
  Duration keep();

  /**
   * How many copies may be on their way to Redis at once; a case that comes on top is not copied.
   */
  @WithDefault("16")
  int keeping();

  /**
   * How many cases this replica remembers to have been asked for, as long as a copy is kept: Redis
   * is asked for them alone.
   */
  @WithDefault("10000")
  int remembered();

  /** Largest case that is copied, in bytes of its JSON. */
  @WithDefault("1048576")
  int maxSize();

  /** How long Redis may take before the database is asked. */
  @WithDefault("PT0.2S")
  Duration timeout();

  /** How long the service then goes without Redis. */
  @WithDefault("PT5S")
  Duration pause();

  /** Most connections to Redis. */
  @WithDefault("8")
  int connections();

  /** How many requests may wait for one of them. */
  @WithDefault("512")
  int waiting();
}
