package com.faultmaven.session.domain;

import com.faultmaven.common.web.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The archive of ended sessions. A session enters it before it leaves Redis, and is marked as
 * removed when it has: what lies between survives a crash.
 */
public interface SessionArchive {
  /** Adds a session, in the open transaction; false when it is there already. */
  Uni<Boolean> add(SqlConnection transaction, EndedSession ended);

  /** Whose session it was; empty when no session of that id has ended. */
  Uni<Optional<String>> ownerOf(String sessionId);

  /**
   * A user's ended sessions, the last one first.
   *
   * @param after where to go on; null for the start
   * @param limit how many at most
   */
  Uni<List<EndedSession>> ofUser(String userId, @Nullable Cursor after, int limit);

  /** Sessions that may still be in Redis, the longest ended first. */
  Uni<List<EndedSession>> notRemoved(int limit);

  /** Marks a session as gone from Redis; nothing happens when it is marked already. */
  Uni<Void> markRemoved(String sessionId, Instant at);
}
