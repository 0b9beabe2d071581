package com.faultmaven.artifact.preprocess.text;

import static java.util.Objects.requireNonNull;

/**
 * A point in time that a line names.
 *
 * @param text as it stands in the line
 * @param epochMillis milliseconds since 1970 in UTC; a missing date is 1 January 1970, a missing
 *     year 1970, a missing zone UTC: good for order and distance within a file, not for the clock
 * @param start index of its first character in the line
 * @param end index after its last character
 */
public record Timestamp(String text, long epochMillis, int start, int end) {
  public Timestamp {
    requireNonNull(text, "text");
  }
}
