package com.faultmaven.common.repository;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.web.Cursor;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which cases to list.
 *
 * @param userId the owner; null for every owner
 * @param statuses statuses that are wanted; empty for all
 * @param tag a tag that they have; null for any
 * @param since cases whose sort time is at or after it; null for all
 * @param order by which time; the id decides between equal times
 * @param newestFirst the direction; otherwise oldest first
 * @param after the last case that was seen, in that direction; null for the beginning
 * @param limit at most so many, 1 to 201 (one more than a page holds tells whether there is
 *     another)
 */
public record CaseQuery(
    @Nullable String userId,
    Set<CaseStatus> statuses,
    @Nullable String tag,
    @Nullable Instant since,
    Order order,
    boolean newestFirst,
    @Nullable Cursor after,
    int limit) {
  /** The time that orders a list of cases. */
  public enum Order {
    CREATED,
    UPDATED
  }

  public CaseQuery {
    statuses = Set.copyOf(statuses);
    requireNonNull(order, "order");
    Limits.check(limit);
  }

  /** A list with the newest first. */
  public CaseQuery(
      @Nullable String userId,
      Set<CaseStatus> statuses,
      @Nullable String tag,
      @Nullable Instant since,
      Order order,
      @Nullable Cursor after,
      int limit) {
    this(userId, statuses, tag, since, order, true, after, limit);
  }

  /** All cases of a user, newest first, up to the limit. */
  public static CaseQuery ofUser(String userId, int limit) {
    return new CaseQuery(
        requireNonNull(userId, "user_id"), Set.of(), null, null, Order.CREATED, null, limit);
  }

  /** The same query for these statuses alone. */
  public CaseQuery withStatuses(Set<CaseStatus> wanted) {
    return new CaseQuery(userId, wanted, tag, since, order, newestFirst, after, limit);
  }

  /** The same query for this owner; null for every one. */
  public CaseQuery ofOwner(@Nullable String owner) {
    return new CaseQuery(owner, statuses, tag, since, order, newestFirst, after, limit);
  }

  /** The same query from a place on. */
  public CaseQuery after(Cursor place) {
    return new CaseQuery(userId, statuses, tag, since, order, newestFirst, place, limit);
  }
}
