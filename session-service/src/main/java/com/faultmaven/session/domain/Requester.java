package com.faultmaven.session.domain;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.session.Session;

/**
 * Who asks, as the verified token says.
 *
 * @param userId id of the user
 * @param admin whether the user may do everything
 */
public record Requester(String userId, boolean admin) {
  public Requester {
    requireNonNull(userId, "user_id");
  }

  /** Whether the session is the requester's own. */
  boolean owns(Session session) {
    return session.userId().equals(userId);
  }

  /** Whether the requester may see and change the session. */
  boolean mayUse(Session session) {
    return admin || owns(session);
  }
}
