package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Profiles kept in memory (specification 9.2); the keys begin {@code faultmaven.profile-cache}. */
@ConfigMapping(prefix = "faultmaven.profile-cache")
public interface ProfileCacheSettings {
  /** Most profiles that are kept; 0 keeps none. */
  @WithDefault("10000")
  int size();

  /** How long one is kept: what a change at another replica takes to show when Kafka is away. */
  @WithDefault("PT1M")
  Duration lifetime();
}
