package com.faultmaven.gateway;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace that a request belongs to.
 *
 * @param traceparent value of the header that is passed on
 * @param received whether the client sent it; otherwise the trace begins here
 */
record TraceContext(String traceparent, boolean received) {
  private static final Pattern VALID =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** The client's trace when it is well formed, a new sampled one otherwise. */
  static TraceContext of(@Nullable String header) {
    if (header != null && VALID.matcher(header).matches()) {
      return new TraceContext(header, true);
    }
    return new TraceContext("00-" + hex(2) + "-" + hex(1) + "-01", false);
  }

  /** 32 hexadecimal digits. */
  String traceId() {
    return traceparent.substring(3, 35);
  }

  private static String hex(int longs) {
    StringBuilder text = new StringBuilder(longs * 16);
    for (int i = 0; i < longs; i++) {
      // Zero alone is not a valid id.
      text.append(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1L));
    }
    return text.toString();
  }
}
