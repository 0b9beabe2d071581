package com.faultmaven.session.domain;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.session.Session;

/**
 * What a client gets when it asks for its session.
 *
 * @param session the live session
 * @param resumed whether it was there already
 */
public record OpenedSession(Session session, boolean resumed) {
  public OpenedSession {
    requireNonNull(session, "session");
  }
}
