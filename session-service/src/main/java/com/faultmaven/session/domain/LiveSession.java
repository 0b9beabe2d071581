package com.faultmaven.session.domain;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.session.Session;
import java.time.Duration;

/**
 * A session and the time that it has left.
 *
 * @param session the session
 * @param timeLeft how long it lives if nobody touches it
 */
public record LiveSession(Session session, Duration timeLeft) {
  public LiveSession {
    requireNonNull(session, "session");
    requireNonNull(timeLeft, "time_left");
  }

  /** A session that was touched just now. */
  static LiveSession touched(Session session) {
    return new LiveSession(session, session.ttl());
  }
}
