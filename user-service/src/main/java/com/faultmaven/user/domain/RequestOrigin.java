package com.faultmaven.user.domain;

import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, for throttling and the audit log.
 *
 * @param address the client's IP address
 * @param userAgent what the client calls itself, at most 200 characters; null when it does not say
 */
public record RequestOrigin(String address, @Nullable String userAgent) {
  private static final int MAX_USER_AGENT = 200;

  public RequestOrigin {
    if (userAgent != null) {
      userAgent = userAgent.replaceAll("\\p{Cntrl}", " ");
      if (userAgent.length() > MAX_USER_AGENT) {
        userAgent = userAgent.substring(0, MAX_USER_AGENT);
      }
    }
  }

  /** The service itself, for what it does at its start. */
  public static RequestOrigin self() {
    return new RequestOrigin("local", null);
  }
}
