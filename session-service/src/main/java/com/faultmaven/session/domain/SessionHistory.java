package com.faultmaven.session.domain;

import com.faultmaven.common.model.session.Session;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Notes in a session what its user has done elsewhere. An event that names a session of somebody
 * else, or one that is gone or full, changes nothing; one that comes twice counts once.
 */
@ApplicationScoped
public class SessionHistory {
  private static final Logger LOG = Logger.getLogger(SessionHistory.class);

  private final LiveSessions live;
  private final SessionSettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public SessionHistory(LiveSessions live, SessionSettings settings, Clock clock) {
    this.live = live;
    this.settings = settings;
    this.clock = clock;
  }

  /** The user uploaded a file in the session. */
  public Uni<Void> uploaded(String userId, String sessionId, String fileId) {
    return note(userId, sessionId, session -> session.withUpload(fileId));
  }

  /** The user opened a case in the session. */
  public Uni<Void> opened(String userId, String sessionId, String caseId) {
    return note(userId, sessionId, session -> session.withCase(caseId));
  }

  private Uni<Void> note(String userId, String sessionId, UnaryOperator<Session> change) {
    return live.get(sessionId)
        .flatMap(
            found ->
                found.filter(session -> session.userId().equals(userId)).isPresent()
                    ? live.update(sessionId, session -> bounded(session, change)).replaceWithVoid()
                    : Uni.createFrom().voidItem());
  }

  private Session bounded(Session session, UnaryOperator<Session> change) {
    Session changed = change.apply(session);
    int most = settings.maxItems();
    if (changed.dataUploads().size() > most || changed.caseHistory().size() > most) {
      LOG.warnf("Session %s is full and forgets what happens in it", session.sessionId());
      return session;
    }
    return changed.touched(clock.instant());
  }
}
