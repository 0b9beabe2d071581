package com.faultmaven.common.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of the memory of verified tokens; the keys begin with {@code faultmaven.token-cache}. */
@ConfigMapping(prefix = "faultmaven.token-cache")
public interface TokenCacheSettings {
  /** Verified access tokens that are remembered; 0 for none, then each request verifies its own. */
  @WithDefault("10000")
  int size();

  /** How long one is remembered at most, and a signing key that was withdrawn lives on in it. */
  @WithDefault("PT1M")
  Duration lifetime();
}
