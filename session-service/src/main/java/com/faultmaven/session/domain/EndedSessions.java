package com.faultmaven.session.domain;

import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Reads the archive of ended sessions. */
@ApplicationScoped
public class EndedSessions {
  private final SessionArchive archive;

  /** Wires the bean. */
  @Inject
  public EndedSessions(SessionArchive archive) {
    this.archive = archive;
  }

  /**
   * A user's ended sessions, the last one first.
   *
   * @param after where to go on; null for the start
   * @param limit how many, 1 to 200
   */
  public Uni<CursorPage<EndedSession>> list(String userId, @Nullable Cursor after, int limit) {
    return archive
        .ofUser(userId, after, limit + 1)
        .map(
            found -> {
              if (found.size() <= limit) {
                return new CursorPage<>(found, null);
              }
              EndedSession last = found.get(limit - 1);
              Cursor next = new Cursor(last.endedAt(), last.session().sessionId());
              return new CursorPage<>(found.subList(0, limit), next.encode());
            });
  }
}
