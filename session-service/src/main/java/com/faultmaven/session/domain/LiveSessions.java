package com.faultmaven.session.domain;

import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.repository.SessionStore;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * The session store with an index of each user's sessions. Writing a session keeps the index, and
 * the client's index where it points to the session, alive with it.
 */
public interface LiveSessions extends SessionStore {
  /**
   * A user's live sessions, the one that lives longest first.
   *
   * @param limit how many at most
   * @param offset how many to pass over
   */
  Uni<UserSessions> ofUser(String userId, int limit, int offset);

  /**
   * Part of a user's sessions.
   *
   * @param sessions as asked for
   * @param total how many there are in all
   */
  record UserSessions(List<Session> sessions, long total) {
    public UserSessions {
      sessions = List.copyOf(sessions);
    }
  }
}
