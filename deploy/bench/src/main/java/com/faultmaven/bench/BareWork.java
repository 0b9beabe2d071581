package com.faultmaven.bench;

import java.util.List;
import java.util.Map;

/**
 * What is run again and again without the service, in one transaction when it is more than one
 * statement.
 *
 * @param statements with named values
 * @param values that stay the same
 * @param ranges of whole numbers, from which each run takes others
 * @param plans how PostgreSQL is to plan
 */
record BareWork(
    List<NamedSql> statements, Map<String, String> values, Map<String, Range> ranges, Plans plans) {
  /** As the service has PostgreSQL plan what it asks: what is bare must not cost more by that. */
  enum Plans {
    /** One plan for all values. */
    ONE("force_generic_plan"),

    /** For the values, as long as that looks cheaper. */
    BY_VALUES("auto");

    private final String mode;

    Plans(String mode) {
      this.mode = mode;
    }

    /** For {@code plan_cache_mode}. */
    String mode() {
      return mode;
    }
  }

  /** The same work, planned otherwise. */
  BareWork with(Plans others) {
    return new BareWork(statements, values, ranges, others);
  }

  /** Every so many-th whole number from the first on, none above the last. */
  record Range(long first, long last, long step) {
    /** All whole numbers from the first to the last, both included. */
    Range(long first, long last) {
      this(first, last, 1);
    }

    /** The same ends, fewer numbers between them. */
    Range every(long times) {
      return new Range(first, last, step * times);
    }

    /** How many they are. */
    long count() {
      return (last - first) / step + 1;
    }

    /** One of them, by its place from 0. */
    long at(long place) {
      return first + step * place;
    }
  }
}
