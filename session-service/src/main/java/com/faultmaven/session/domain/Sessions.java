package com.faultmaven.session.domain;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Opens, resumes and changes live sessions (specification 3.5 and 7.2). What its owner reads or
 * writes lives for its TTL from then on; a session of somebody else does not exist, but for admins.
 */
@ApplicationScoped
public class Sessions {
  /** Rounds in which two requests of one client may take the index from each other. */
  private static final int CLAIM_ROUNDS = 8;

  private final LiveSessions live;
  private final SessionEnding ending;
  private final SessionSettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Sessions(LiveSessions live, SessionEnding ending, SessionSettings settings, Clock clock) {
    this.live = live;
    this.ending = ending;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Gives the client its live session, extended, or a new one. Of requests that race for one
   * client, all get the same session.
   *
   * @param clientId device or client, any text of at most 200 characters
   * @param ttl how long it lives without activity; null for the default, or for what a resumed
   *     session has
   * @throws Problem 400 when the client's id or the TTL cannot be taken
   */
  public Uni<OpenedSession> open(String userId, String clientId, @Nullable Duration ttl) {
    GivenText.check(clientId, "client_id");
    if (ttl != null) {
      checkTtl(ttl);
    }
    return open(userId, clientId, ttl, CLAIM_ROUNDS)
        .call(
            opened -> opened.resumed() ? Uni.createFrom().voidItem() : makeRoom(opened.session()));
  }

  /** A user's live sessions, the one that lives longest first. Extends none of them. */
  public Uni<Page<LiveSession>> list(String userId, PageRequest page) {
    return live.ofUser(userId, page.limit(), page.offset())
        .flatMap(
            found ->
                withTimeLeft(found.sessions())
                    .map(sessions -> Page.of(sessions, found.total(), page)));
  }

  /**
   * The session. Its owner's reading extends it; an admin's does not.
   *
   * @throws Problem 404 when there is none that the requester may see
   */
  public Uni<LiveSession> read(Requester requester, String sessionId) {
    if (!requester.admin()) {
      return change(requester, sessionId, UnaryOperator.identity());
    }
    return live.get(sessionId)
        .map(found -> found.orElseThrow(Sessions::unknown))
        .flatMap(
            session ->
                requester.owns(session)
                    ? change(requester, sessionId, UnaryOperator.identity())
                    : timeLeft(session));
  }

  /**
   * Changes the session's TTL, or only extends it when there is none given.
   *
   * @throws Problem 400 when the TTL is out of bounds, 404 when there is no such session
   */
  public Uni<LiveSession> changeTtl(Requester requester, String sessionId, @Nullable Duration ttl) {
    if (ttl != null) {
      checkTtl(ttl);
    }
    return change(requester, sessionId, session -> ttl == null ? session : session.withTtl(ttl));
  }

  /** Extends the session; 404 when there is none. */
  public Uni<LiveSession> heartbeat(Requester requester, String sessionId) {
    return change(requester, sessionId, UnaryOperator.identity());
  }

  /** Adds a file, once; 404 when there is no such session, 409 when it holds too many. */
  public Uni<LiveSession> addUpload(Requester requester, String sessionId, String fileId) {
    GivenText.check(fileId, "file_id");
    return change(requester, sessionId, session -> checkRoom(session.withUpload(fileId)));
  }

  /** Adds a case, once; 404 when there is no such session, 409 when it holds too many. */
  public Uni<LiveSession> addCase(Requester requester, String sessionId, String caseId) {
    GivenText.check(caseId, "case_id");
    return change(requester, sessionId, session -> checkRoom(session.withCase(caseId)));
  }

  private Uni<OpenedSession> open(
      String userId, String clientId, @Nullable Duration ttl, int rounds) {
    if (rounds == 0) {
      return Uni.createFrom()
          .failure(
              Problem.unavailable(
                  "session-contended",
                  "Too many requests open this client's session at once. Try again.",
                  Duration.ofSeconds(1)));
    }
    return live.findByUserAndClient(userId, clientId)
        .flatMap(
            indexed ->
                resume(userId, indexed, ttl)
                    .flatMap(
                        resumed ->
                            resumed.isPresent()
                                ? Uni.createFrom().item(resumed)
                                : openNew(userId, clientId, ttl, indexed)))
        .flatMap(
            opened ->
                opened.isPresent()
                    ? Uni.createFrom().item(opened.get())
                    : open(userId, clientId, ttl, rounds - 1));
  }

  private Uni<Optional<OpenedSession>> resume(
      String userId, Optional<String> sessionId, @Nullable Duration ttl) {
    if (sessionId.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return live.get(sessionId.get())
        .flatMap(
            found ->
                found.filter(session -> session.userId().equals(userId)).isEmpty()
                    ? Uni.createFrom().item(Optional.<Session>empty())
                    : live.update(
                        sessionId.get(),
                        session ->
                            (ttl == null ? session : session.withTtl(ttl))
                                .resumed(clock.instant())))
        .map(found -> found.map(session -> new OpenedSession(session, true)));
  }

  /** Empty when another request of this client was faster. */
  private Uni<Optional<OpenedSession>> openNew(
      String userId, String clientId, @Nullable Duration ttl, Optional<String> indexed) {
    Duration lifetime = ttl == null ? settings.ttl() : ttl;
    Session session = Session.open(Ids.next(), userId, clientId, clock.instant(), lifetime);
    return live.set(session, lifetime)
        .flatMap(
            stored ->
                live.claimClientIndex(userId, clientId, indexed, session.sessionId(), lifetime))
        .flatMap(
            won ->
                won
                    ? Uni.createFrom().item(Optional.of(new OpenedSession(session, false)))
                    : live.delete(session.sessionId()).replaceWith(Optional.empty()));
  }

  /** Ends what the user has beyond the bound, those first that would expire first. */
  private Uni<Void> makeRoom(Session opened) {
    int kept = settings.maxPerUser() - 1;
    return live.ofUser(opened.userId(), PageRequest.MAX_LIMIT, kept)
        .flatMap(
            tail -> {
              List<Session> others =
                  tail.sessions().stream()
                      .filter(other -> !other.sessionId().equals(opened.sessionId()))
                      .toList();
              long excess = Math.min(others.size(), tail.total() - settings.maxPerUser());
              return excess <= 0
                  ? Uni.createFrom().voidItem()
                  : ending.end(
                      others.subList(others.size() - (int) excess, others.size()),
                      EndReason.DISPLACED);
            });
  }

  private Uni<LiveSession> change(
      Requester requester, String sessionId, UnaryOperator<Session> change) {
    return live.update(
            sessionId,
            session -> {
              if (!requester.mayUse(session)) {
                throw unknown();
              }
              return change.apply(session).touched(clock.instant());
            })
        .map(changed -> LiveSession.touched(changed.orElseThrow(Sessions::unknown)));
  }

  private Uni<List<LiveSession>> withTimeLeft(List<Session> sessions) {
    if (sessions.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return Uni.join().all(sessions.stream().map(this::timeLeft).toList()).andFailFast();
  }

  private Uni<LiveSession> timeLeft(Session session) {
    return live.timeToLive(session.sessionId())
        .map(left -> new LiveSession(session, left.orElse(Duration.ZERO)));
  }

  private Session checkRoom(Session session) {
    int most = settings.maxItems();
    if (session.dataUploads().size() > most || session.caseHistory().size() > most) {
      throw Problem.conflict(
          "session-full",
          "A session remembers at most " + most + " files and as many cases; open a new one.");
    }
    return session;
  }

  private void checkTtl(Duration ttl) {
    if (ttl.compareTo(settings.minTtl()) < 0 || ttl.compareTo(settings.maxTtl()) > 0) {
      throw Problem.invalid(
          "ttl",
          "must be from %d to %d seconds"
              .formatted(settings.minTtl().toSeconds(), settings.maxTtl().toSeconds()));
    }
  }

  static Problem unknown() {
    return Problem.notFound("session");
  }
}
