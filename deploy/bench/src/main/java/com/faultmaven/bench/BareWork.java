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
 */
record BareWork(List<NamedSql> statements, Map<String, String> values, Map<String, Range> ranges) {
  /** Whole numbers from the first to the last, both included. */
  record Range(long first, long last) {}
}
