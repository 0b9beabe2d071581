package com.faultmaven.session.domain;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.SessionEnded;
import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Ends sessions: the archive's row and the event first, in one transaction, and only then is the
 * session taken out of Redis. A crash in between leaves a row that says so, and {@link
 * #removeEnded()} goes on from there; ending a session twice archives and announces it once.
 */
@ApplicationScoped
public class SessionEnding {
  private final LiveSessions live;
  private final SessionArchive archive;
  private final Transactions transactions;
  private final Outbox outbox;
  private final SessionSettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public SessionEnding(
      LiveSessions live,
      SessionArchive archive,
      Transactions transactions,
      Outbox outbox,
      SessionSettings settings,
      Clock clock) {
    this.live = live;
    this.archive = archive;
    this.transactions = transactions;
    this.outbox = outbox;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Ends a session at its owner's or an admin's wish; one that has ended already stays ended.
   *
   * @throws Problem 404 when there never was one that the requester may see
   */
  public Uni<Void> end(Requester requester, String sessionId) {
    return live.get(sessionId)
        .flatMap(
            found ->
                found.isPresent() ? end(requester, found.get()) : checkEnded(requester, sessionId));
  }

  /** Ends sessions that live now. */
  public Uni<Void> end(List<Session> sessions, EndReason reason) {
    return transactions
        .inTransaction(transaction -> archiveAll(transaction, sessions, reason))
        .flatMap(archived -> removeAll(sessions));
  }

  /**
   * Archives what a user's logout ends, in the open transaction: the session named if it is the
   * user's, or all that the user had at that time. They leave Redis with {@link #removeEnded()}, to
   * be called after the commit.
   */
  public Uni<Void> archiveLoggedOut(
      SqlConnection transaction, String userId, Optional<String> sessionId, Instant loggedOutAt) {
    Uni<List<Session>> ending =
        sessionId.isPresent()
            ? live.get(sessionId.get())
                .map(
                    found ->
                        found.filter(session -> session.userId().equals(userId)).stream().toList())
            : live.ofUser(userId, Integer.MAX_VALUE, 0)
                .map(
                    all ->
                        all.sessions().stream()
                            .filter(session -> !session.createdAt().isAfter(loggedOutAt))
                            .toList());
    return ending.flatMap(sessions -> archiveAll(transaction, sessions, EndReason.LOGOUT));
  }

  /** Takes archived sessions out of Redis that are still there; gives how many it looked at. */
  public Uni<Integer> removeEnded() {
    return archive
        .notRemoved(settings.removalBatch())
        .map(ended -> ended.stream().map(EndedSession::session).toList())
        .flatMap(sessions -> removeAll(sessions).replaceWith(sessions.size()));
  }

  private Uni<Void> end(Requester requester, Session session) {
    return requester.mayUse(session)
        ? end(List.of(session), EndReason.LOGOUT)
        : Uni.createFrom().failure(Sessions.unknown());
  }

  private Uni<Void> checkEnded(Requester requester, String sessionId) {
    return archive
        .ownerOf(sessionId)
        .map(
            owner ->
                owner
                    .filter(id -> requester.admin() || id.equals(requester.userId()))
                    .orElseThrow(Sessions::unknown))
        .replaceWithVoid();
  }

  private Uni<Void> archiveAll(
      SqlConnection transaction, List<Session> sessions, EndReason reason) {
    Instant now = clock.instant();
    return Multi.createFrom()
        .iterable(sessions)
        .onItem()
        .transformToUniAndConcatenate(
            session -> archiveOne(transaction, new EndedSession(session, now, reason)))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> archiveOne(SqlConnection transaction, EndedSession ended) {
    Session session = ended.session();
    return archive
        .add(transaction, ended)
        .flatMap(
            added ->
                added
                    ? outbox.append(
                        transaction,
                        new SessionEnded(
                            session.sessionId(),
                            session.userId(),
                            session.clientId(),
                            ended.reason().wireName(),
                            ended.endedAt()))
                    : Uni.createFrom().voidItem());
  }

  private Uni<Void> removeAll(List<Session> sessions) {
    return Multi.createFrom()
        .iterable(sessions)
        .onItem()
        .transformToUniAndConcatenate(this::remove)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> remove(Session session) {
    return live.removeClientIndex(session.userId(), session.clientId(), session.sessionId())
        .flatMap(index -> live.delete(session.sessionId()))
        .flatMap(gone -> archive.markRemoved(session.sessionId(), clock.instant()));
  }
}
