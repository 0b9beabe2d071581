package com.faultmaven.cases.domain.legacy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where the previous layout is; the keys begin with {@code faultmaven.cases.legacy-redis}. */
@ConfigMapping(prefix = "faultmaven.cases.legacy-redis")
public interface LegacySettings {
  /** The Redis that has it: {@code redis://:password@host:6379/0}, {@code rediss} for TLS. */
  Optional<String> url();

  /** Its cases' keys, as Redis matches; what stands before the first {@code *} begins each key. */
  @WithDefault("case:*")
  String pattern();

  /**
   * Whether an administrator may name another Redis when an import begins. Otherwise the service
   * connects to what its settings name alone.
   */
  @WithDefault("false")
  boolean urlInRequests();
}
