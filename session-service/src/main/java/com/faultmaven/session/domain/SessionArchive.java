package com.faultmaven.session.domain;

import com.faultmaven.common.web.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The archive of ended sessions. A session enters it after it has stopped living and before {@link
 * LiveSessions} forgets that it is ending: what lies between survives a crash.
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
}
