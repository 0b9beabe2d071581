package com.faultmaven.session.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.event.CaseCreated;
import com.faultmaven.common.event.DomainEvent;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserErasureRequested;
import com.faultmaven.common.event.UserLoggedOut;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.ProcessingMode;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.session.domain.EndReason;
import com.faultmaven.session.domain.EndedSession;
import com.faultmaven.session.domain.LiveSessions;
import com.faultmaven.session.domain.SessionArchive;
import com.faultmaven.session.domain.SessionEnding;
import com.faultmaven.session.domain.Sessions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
class SessionEventsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Transactions transactions;
  @Inject Outbox outbox;
  @Inject Pool pool;
  @Inject Clock clock;
  @Inject Sessions sessions;
  @Inject LiveSessions live;
  @Inject SessionArchive archive;
  @Inject SessionEnding ending;

  private final String user = Ids.next();

  @Test
  void notesAnUploadedFileOnce() {
    Session session = open("desk");
    String file = Ids.next();

    publish(uploaded(user, session.sessionId(), file));
    await().atMost(PATIENCE).until(() -> now(session).dataUploads().contains(file));
    publishAgain(file);

    // What comes after on the same topic shows that the copy has been read.
    String next = Ids.next();
    publish(uploaded(user, session.sessionId(), next, file));
    await().atMost(PATIENCE).until(() -> now(session).dataUploads().contains(next));
    assertThat(now(session).dataUploads()).containsExactly(file, next);
  }

  @Test
  void notesAnOpenedCase() {
    Session session = open("desk");
    String caseId = Ids.next();

    publish(opened(user, session.sessionId(), caseId));

    await().atMost(PATIENCE).until(() -> now(session).caseHistory().equals(List.of(caseId)));
  }

  @Test
  void notesNothingInASessionOfSomebodyElse() {
    Session session = open("desk");
    String foreign = Ids.next();
    String own = Ids.next();

    String nowhere = Ids.next();
    String gone = Ids.next();
    publish(opened(Ids.next(), session.sessionId(), foreign));
    publish(opened(user, null, nowhere));
    publish(opened(user, Ids.next(), gone));
    for (String caseId : List.of(foreign, nowhere, gone)) {
      await().atMost(PATIENCE).until(() -> processed(caseId) == 1);
    }
    publish(opened(user, session.sessionId(), own));

    await().atMost(PATIENCE).until(() -> now(session).caseHistory().contains(own));
    assertThat(now(session).caseHistory()).containsExactly(own);
  }

  @Test
  void endsTheSessionThatALogoutNames() {
    Session named = open("desk");
    Session other = open("phone");

    publish(new UserLoggedOut(user, named.sessionId(), clock.instant()));

    await().atMost(PATIENCE).until(() -> find(named).isEmpty());
    assertThat(find(other)).isPresent();
    await().atMost(PATIENCE).until(() -> !archived().isEmpty());
    assertThat(archived())
        .extracting(ended -> ended.session().sessionId())
        .containsExactly(named.sessionId());
    assertThat(done(live.findByUserAndClient(user, "desk"))).isEmpty();
    await().atMost(PATIENCE).until(() -> announcements(named) == 1);
  }

  @Test
  void endsAllSessionsOfAUserAndNoLaterOne() {
    Session desk = open("desk");
    Session phone = open("phone");
    Instant logout = clock.instant();
    Session later =
        Session.open(Ids.next(), user, "later", logout.plusSeconds(5), Duration.ofMinutes(5));
    done(live.set(later, later.ttl()));

    publish(new UserLoggedOut(user, null, logout));
    await().atMost(PATIENCE).until(() -> find(desk).isEmpty() && find(phone).isEmpty());
    publishAgain(user);
    // The events of one user keep their order: when this one is done, so is the copy.
    publish(new UserLoggedOut(user, Ids.next(), logout));
    await().atMost(PATIENCE).until(() -> processed(user) == 2);

    assertThat(find(later)).isPresent();
    await().atMost(PATIENCE).until(() -> archived().size() == 2);
    assertThat(announcements(desk) + announcements(phone)).isEqualTo(2);
  }

  @Test
  void leavesASessionAloneThatWasResumedAfterTheLogout() {
    Session desk = open("desk");
    Session phone = open("phone");
    Instant logout = phone.lastOpened().plusMillis(1);
    await().atMost(PATIENCE).until(() -> clock.instant().isAfter(logout));
    assertThat(open("desk").sessionId()).isEqualTo(desk.sessionId());

    publish(new UserLoggedOut(user, desk.sessionId(), logout));
    publish(new UserLoggedOut(user, null, logout));
    await().atMost(PATIENCE).until(() -> find(phone).isEmpty());

    assertThat(find(desk)).isPresent();
    await().atMost(PATIENCE).until(() -> archived().size() == 1);
    assertThat(announcements(desk)).isZero();
  }

  @Test
  void endsNoSessionOfSomebodyElse() {
    Session session = open("desk");
    String stranger = Ids.next();

    publish(new UserLoggedOut(stranger, session.sessionId(), clock.instant()));
    await().atMost(PATIENCE).until(() -> processed(stranger) == 1);

    assertThat(find(session)).isPresent();
  }

  @Test
  void erasesSessionsWhereverTheyAreOnTheirWay() {
    Session archivedOne = open("archived");
    done(ending.end(List.of(archivedOne), EndReason.LOGOUT));
    Session endingOne = open("ending");
    done(live.end(endingOne.sessionId(), any -> true, EndReason.LOGOUT, clock.instant()));
    Session liveOne = open("live");

    publish(new UserErasureRequested(user, "erasure", clock.instant()));
    await().atMost(PATIENCE).until(() -> answered() == 1);

    assertThat(find(liveOne)).isEmpty();
    assertThat(done(live.findByUserAndClient(user, "live"))).isEmpty();
    assertThat(done(live.ending(endingOne.sessionId()))).isEmpty();
    assertThat(archived()).isEmpty();

    // Opened with a token that is still valid: it lives, and leaves nothing behind.
    Session late = open("late");
    done(ending.end(List.of(late), EndReason.LOGOUT));
    assertThat(find(late)).isEmpty();
    assertThat(done(live.ending(late.sessionId()))).isEmpty();
    assertThat(archived()).isEmpty();
    assertThat(announcements(late)).isZero();
  }

  private long answered() {
    return count(
        "SELECT count(*) FROM outbox WHERE aggregate_id = $1"
            + " AND event_type = 'com.faultmaven.user-data.erased.v1'",
        user);
  }

  private Session open(String clientId) {
    return done(sessions.open(user, clientId, null)).session();
  }

  private Optional<Session> find(Session session) {
    return done(live.get(session.sessionId()));
  }

  private Session now(Session session) {
    return find(session).orElseThrow();
  }

  private List<EndedSession> archived() {
    return done(archive.ofUser(user, null, 10));
  }

  private ArtifactProcessed uploaded(String userId, String sessionId, String fileId) {
    return uploaded(userId, sessionId, fileId, fileId);
  }

  private ArtifactProcessed uploaded(
      String userId, @Nullable String sessionId, String fileId, String caseId) {
    return new ArtifactProcessed(
        fileId,
        caseId,
        userId,
        sessionId,
        "app.log",
        DataType.LOGS_AND_ERRORS,
        10,
        "key",
        PreprocessingStatus.COMPLETED,
        "summary",
        "extraction",
        List.of(),
        Map.of(),
        0.9,
        "crime_scene",
        ProcessingMode.PREVIEW_NO_CACHE,
        clock.instant(),
        clock.instant());
  }

  private CaseCreated opened(String userId, @Nullable String sessionId, String caseId) {
    return new CaseCreated(caseId, userId, CaseStatus.CONSULTING, sessionId, clock.instant());
  }

  private void publish(DomainEvent event) {
    done(transactions.inTransaction(transaction -> outbox.append(transaction, event)));
  }

  /** As after a crash between Kafka's confirmation and the mark. */
  private void publishAgain(String aggregateId) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                count(
                        "SELECT count(*) FROM outbox WHERE aggregate_id = $1"
                            + " AND published_at IS NULL",
                        aggregateId)
                    == 0);
    done(
        pool.preparedQuery("UPDATE outbox SET published_at = NULL WHERE aggregate_id = $1")
            .execute(Tuple.of(aggregateId)));
  }

  private long announcements(Session session) {
    return count("SELECT count(*) FROM outbox WHERE aggregate_id = $1", session.sessionId());
  }

  /** How many events of the aggregate have been applied or passed over. */
  private long processed(String aggregateId) {
    return count(
        """
        SELECT count(*) FROM processed_events
        WHERE event_id IN (SELECT event_id FROM outbox WHERE aggregate_id = $1)
        """,
        aggregateId);
  }

  private long count(String sql, String parameter) {
    return done(pool.preparedQuery(sql).execute(Tuple.of(parameter))).iterator().next().getLong(0);
  }

  private static <T> T done(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
