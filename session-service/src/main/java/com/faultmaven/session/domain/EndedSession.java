package com.faultmaven.session.domain;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.session.Session;
import java.time.Instant;

/**
 * A session as the archive keeps it.
 *
 * @param session its last state
 * @param endedAt when it ended
 * @param reason why
 */
public record EndedSession(Session session, Instant endedAt, EndReason reason) {
  public EndedSession {
    requireNonNull(session, "session");
    requireNonNull(endedAt, "ended_at");
    requireNonNull(reason, "reason");
  }
}
