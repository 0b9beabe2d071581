package com.faultmaven.user.domain;

import com.faultmaven.common.web.Cursor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the audit log is asked for. What is null does not matter.
 *
 * @param userId events of this account alone
 * @param actorId events that this account caused
 * @param type events of this type alone
 * @param outcome events that ended so
 * @param address events from this IP address
 * @param since events of this time and later
 * @param until events before this time
 * @param after the last event that the caller has seen; null for the newest
 * @param limit how many, 1 to 1000
 */
public record AuthEventQuery(
    @Nullable String userId,
    @Nullable String actorId,
    @Nullable AuthEventType type,
    @Nullable AuthOutcome outcome,
    @Nullable String address,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Cursor after,
    int limit) {
  /** The newest events. */
  public static AuthEventQuery newest(int limit) {
    return new AuthEventQuery(null, null, null, null, null, null, null, null, limit);
  }
}
