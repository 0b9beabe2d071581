package com.faultmaven.common.repository;

/**
 * A part of an object.
 *
 * @param first first byte, from 0
 * @param last last byte, included; may lie behind the end
 */
public record ByteRange(long first, long last) {
  public ByteRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("not a range: " + first + "-" + last);
    }
  }
}
