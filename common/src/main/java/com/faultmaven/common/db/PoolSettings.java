package com.faultmaven.common.db;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of the pool of connections; the keys begin with {@code faultmaven.db.pool}. */
@ConfigMapping(prefix = "faultmaven.db.pool")
public interface PoolSettings {
  /** Most connections; a replica's share of what the server allows. */
  @WithDefault("16")
  int size();

  /** How long a request waits for a free connection. */
  @WithDefault("PT5S")
  Duration acquireTimeout();

  /** How many requests may wait for one. */
  @WithDefault("1000")
  int maxWaiting();

  /** How many statements a connection keeps prepared; the one used longest ago makes room. */
  @WithDefault("256")
  int preparedStatements();
}
