package com.faultmaven.common.logarchive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How long the append-only logs are kept, and where; the keys begin with {@code faultmaven.audit}.
 */
@ConfigMapping(prefix = "faultmaven.audit")
public interface AuditSettings {
  /** Age at which rows go to the bucket; at least 90 days. */
  @WithDefault("P90D")
  Duration archiveAfter();

  /** Age at which rows are removed, wherever they are; not less than the age above. */
  @WithDefault("P730D")
  Duration keep();

  /**
   * Rows of one object, and rows that are removed in one transaction, 1 to 10000; an object takes
   * two or three kilobytes of memory for each while it is written or read.
   */
  @WithDefault("2000")
  int batch();

  /** Objects that are read for one page of a list, 1 to 1000. */
  @WithDefault("16")
  int objectsPerPage();

  /** When all that is done: an interval, a time of day in UTC, or off. */
  @WithDefault("03:30")
  String schedule();
}
