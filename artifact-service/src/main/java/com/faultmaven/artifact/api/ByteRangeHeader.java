package com.faultmaven.artifact.api;

import com.faultmaven.common.repository.ByteRange;
import com.faultmaven.common.web.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@code Range} header (RFC 9110, section 14). */
final class ByteRangeHeader {
  private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private ByteRangeHeader() {}

  /**
   * The part that is asked for, within the file.
   *
   * @return null for the whole file: no header, another unit, several ranges, or no range at all,
   *     which a server may pass over
   * @throws Problem 416 when the part lies behind the end
   */
  static @Nullable ByteRange parse(@Nullable String header, long size) {
    Matcher range = ONE_RANGE.matcher(header == null ? "" : header.strip());
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return null;
    }
    if (range.group(1).isEmpty()) {
      long suffix = Long.parseLong(range.group(2));
      return inside(size - suffix < 0 ? 0 : size - suffix, size - 1, size);
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    if (!range.group(2).isEmpty() && last < first) {
      return null;
    }
    return inside(first, Math.min(last, size - 1), size);
  }

  private static ByteRange inside(long first, long last, long size) {
    if (first >= size) {
      throw Problem.of(416, "range-not-satisfiable", "The file ends before that range.")
          .withHeader("Content-Range", "bytes */" + size);
    }
    return new ByteRange(first, last);
  }
}
