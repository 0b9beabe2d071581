package com.faultmaven.common.repository;

/** How many rows one call may ask for. */
public final class Limits {
  /** The largest page, and one more to tell whether another follows. */
  public static final int MAX = 201;

  private Limits() {}

  /**
   * Gives back a limit that is in range.
   *
   * @throws IllegalArgumentException when it is not from 1 to {@link #MAX}
   */
  public static int check(int limit) {
    if (limit < 1 || limit > MAX) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX);
    }
    return limit;
  }
}
