package com.faultmaven.session.domain;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.SessionEnded;
import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.userdata.ErasedUsers;
import com.faultmaven.common.web.Problem;
import com.faultmaven.session.domain.LiveSessions.UserSessions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Ends sessions. A session stops living first, in one step, so that nothing is added to it that
 * would be lost; then the archive's row and the event are written in one transaction, and then
 * Redis forgets it. A crash in between leaves a session that is ending, and {@link #finish()} goes
 * on from there; ending a session twice archives and announces it once.
 */
@ApplicationScoped
public class SessionEnding {
  private final LiveSessions live;
  private final SessionArchive archive;
  private final ErasedUsers erasedUsers;
  private final Transactions transactions;
  private final Outbox outbox;
  private final SessionSettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public SessionEnding(
      LiveSessions live,
      SessionArchive archive,
      ErasedUsers erasedUsers,
      Transactions transactions,
      Outbox outbox,
      SessionSettings settings,
      Clock clock) {
    this.live = live;
    this.archive = archive;
    this.erasedUsers = erasedUsers;
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
                found.isPresent() ? end(requester, found.get()) : finish(requester, sessionId));
  }

  /** Ends sessions that live now. */
  public Uni<Void> end(List<Session> sessions, EndReason reason) {
    return stop(sessions, session -> true, reason).flatMap(this::finish);
  }

  /**
   * Stops what a user's logout ends: the session named if it is the user's, or all that the user
   * has; but none that was opened or resumed after that time, which belongs to a later login. They
   * reach the archive with {@link #finish()}.
   */
  public Uni<Void> stopLoggedOut(String userId, Optional<String> sessionId, Instant loggedOutAt) {
    Uni<List<Session>> named =
        sessionId.isPresent()
            ? live.get(sessionId.get()).map(found -> found.stream().toList())
            : live.ofUser(userId, Integer.MAX_VALUE, 0).map(UserSessions::sessions);
    return named
        .flatMap(
            sessions ->
                stop(
                    sessions,
                    session ->
                        session.userId().equals(userId)
                            && !session.lastOpened().isAfter(loggedOutAt),
                    EndReason.LOGOUT))
        .replaceWithVoid();
  }

  /** Archives and announces sessions that have stopped; gives how many. */
  public Uni<Integer> finish() {
    return live.ending(settings.removalBatch())
        .flatMap(ending -> finish(ending).replaceWith(ending.size()));
  }

  private Uni<Void> end(Requester requester, Session session) {
    return requester.mayUse(session)
        ? end(List.of(session), EndReason.LOGOUT)
        : Uni.createFrom().failure(Sessions.unknown());
  }

  private Uni<Void> finish(Requester requester, String sessionId) {
    return live.ending(sessionId)
        .flatMap(
            ending -> {
              if (ending.isEmpty()) {
                return checkEnded(requester, sessionId);
              }
              return requester.mayUse(ending.get().session())
                  ? finish(List.of(ending.get()))
                  : Uni.createFrom().failure(Sessions.unknown());
            });
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

  private Uni<List<EndedSession>> stop(
      List<Session> sessions, Predicate<Session> condition, EndReason reason) {
    Instant now = clock.instant();
    return Multi.createFrom()
        .iterable(sessions)
        .onItem()
        .transformToUniAndConcatenate(
            session -> live.end(session.sessionId(), condition, reason, now))
        .collect()
        .asList()
        .map(ended -> ended.stream().flatMap(Optional::stream).toList());
  }

  /** In the order of their ids, so that replicas that do the same do not block each other. */
  private Uni<Void> finish(List<EndedSession> ending) {
    if (ending.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<EndedSession> ordered =
        ending.stream().sorted(Comparator.comparing(ended -> ended.session().sessionId())).toList();
    return transactions
        .inTransaction(transaction -> archiveAll(transaction, ordered))
        .flatMap(
            archived ->
                live.forgetEnding(
                    ordered.stream().map(ended -> ended.session().sessionId()).toList()));
  }

  private Uni<Void> archiveAll(SqlConnection transaction, List<EndedSession> ending) {
    return Multi.createFrom()
        .iterable(ending)
        .onItem()
        .transformToUniAndConcatenate(ended -> archiveOne(transaction, ended))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** Of a user whose data are erased nothing reaches the archive. */
  private Uni<Void> archiveOne(SqlConnection transaction, EndedSession ended) {
    return erasedUsers
        .isErased(transaction, ended.session().userId())
        .flatMap(erased -> erased ? Uni.createFrom().voidItem() : archive(transaction, ended));
  }

  private Uni<Void> archive(SqlConnection transaction, EndedSession ended) {
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
}
