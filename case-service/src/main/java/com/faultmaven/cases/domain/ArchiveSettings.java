package com.faultmaven.cases.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * When ended cases are archived and deleted (specification 7.1); the keys begin with the prefix.
 */
@ConfigMapping(prefix = "faultmaven.archive")
public interface ArchiveSettings {
  /** Whether the jobs archive and delete at all; by hand one may always archive. */
  @WithDefault("true")
  boolean enabled();

  /** Age at which a resolved case is archived, counted from its resolution; at least a day. */
  @WithDefault("P90D")
  Duration resolvedAfter();

  /** Age at which a closed case is archived, counted from its last change; at least a day. */
  @WithDefault("P30D")
  Duration closedAfter();

  /** Age at which an ended case is deleted, archived or not; at least a day. */
  @WithDefault("P365D")
  Duration deleteAfter();

  /** Cases that are looked at together, 1 to 1000; each is archived in its own transaction. */
  @WithDefault("50")
  int batch();

  /**
   * Largest case that is archived, in bytes before compression; a larger one stays in the database.
   * To restore one takes about five times as much memory.
   */
  @WithDefault("16777216")
  long maxBytes();

  /** When cases are archived: an interval, a time of day in UTC, or off. */
  @WithDefault("02:00")
  String schedule();

  /** When cases are deleted: an interval, a time of day in UTC, or off. */
  @WithDefault("02:30")
  String deleteSchedule();
}
