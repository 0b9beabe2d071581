package com.faultmaven.common.web;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many items, 1 to 200
 * @param offset how many to pass over, from 0
 */
public record PageRequest(int limit, int offset) {
  /** What a list answers when nothing is said. */
  public static final int DEFAULT_LIMIT = 50;

  /** The most that one answer holds. */
  public static final int MAX_LIMIT = 200;

  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Problem.invalid("limit", "must be from 1 to " + MAX_LIMIT);
    }
    if (offset < 0) {
      throw Problem.invalid("offset", "must be 0 or more");
    }
  }

  /**
   * Reads the query parameters, with their defaults.
   *
   * @throws Problem 400 when one is out of range
   */
  public static PageRequest of(@Nullable Integer limit, @Nullable Integer offset) {
    return new PageRequest(limit == null ? DEFAULT_LIMIT : limit, offset == null ? 0 : offset);
  }
}
