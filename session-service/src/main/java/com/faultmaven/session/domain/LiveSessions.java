package com.faultmaven.session.domain;

import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.repository.SessionStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The session store with an index of each user's sessions. Writing a session keeps the index, and
 * the client's index where it points to the session, alive with it.
 *
 * <p>A session that ends stops living at once, for every reader and writer, and is kept as ending,
 * however long that takes, until its last state is archived.
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
   * Turns a live session into an ending one in one step: what was written before is in its last
   * state, and what comes later finds no session.
   *
   * @param condition whether the session as it is then shall end; may be called more than once
   * @return the ending session; empty when there is none, or the condition does not hold
   */
  Uni<Optional<EndedSession>> end(
      String sessionId, Predicate<Session> condition, EndReason reason, Instant at);

  /** The session if it is ending. */
  Uni<Optional<EndedSession>> ending(String sessionId);

  /** Some of the sessions that are ending, in no order, at most as many as the limit says. */
  Uni<List<EndedSession>> ending(int limit);

  /** Forgets sessions that were ending; nothing happens for one that was not. */
  Uni<Void> forgetEnding(List<String> sessionIds);

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
