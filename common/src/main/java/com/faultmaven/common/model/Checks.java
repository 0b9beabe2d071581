package com.faultmaven.common.model;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Invariants that several models share, checked when a record is made. */
public final class Checks {
  private Checks() {}

  /**
   * Gives back a text that says something.
   *
   * @throws IllegalArgumentException when it is empty or white space alone
   * @throws NullPointerException when it is null
   */
  public static String text(@Nullable String value, String name) {
    if (value == null) {
      throw new NullPointerException(name);
    }
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
    return value;
  }

  /**
   * Gives back a number that lies between 0 and 1, both included.
   *
   * @throws IllegalArgumentException when it does not
   */
  public static double share(double value, String name) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to 1");
    }
    return value;
  }

  /**
   * Gives back a count of something.
   *
   * @throws IllegalArgumentException when it is below 0
   */
  public static long count(long value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must not be negative");
    }
    return value;
  }

  /** A JSON column: the JSON value null and no value are the same thing. */
  public static @Nullable JsonNode json(@Nullable JsonNode value) {
    return value == null || value.isNull() || value.isMissingNode() ? null : value;
  }
}
