package com.faultmaven.common.userdata;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many exports of users' data are given at once; the key begins with the prefix. */
@ConfigMapping(prefix = "faultmaven.internal-export")
public interface ExportSettings {
  /** Exports that a replica writes at the same time, 1 to 100; one more is refused. */
  @WithDefault("4")
  int concurrent();
}
