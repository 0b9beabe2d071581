package com.faultmaven.user.domain;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes old rows of the append-only logs, the oldest first. The database itself refuses whatever
 * is younger than {@link #FLOOR}.
 */
public interface AuditRetention {
  /** The shortest time for which rows are kept, whatever the settings say. */
  Duration FLOOR = Duration.ofDays(90);

  /** Removes events from before this time, at most so many, 1 to 10000; gives how many. */
  Uni<Integer> forgetAuthEvents(Instant before, int most);

  /** Removes reads from before this time, at most so many, 1 to 10000; gives how many. */
  Uni<Integer> forgetDataAccess(Instant before, int most);
}
