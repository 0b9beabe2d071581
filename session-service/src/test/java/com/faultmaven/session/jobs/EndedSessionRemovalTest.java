package com.faultmaven.session.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.web.Problem;
import com.faultmaven.session.domain.EndReason;
import com.faultmaven.session.domain.EndedSession;
import com.faultmaven.session.domain.LiveSessions;
import com.faultmaven.session.domain.Requester;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
class EndedSessionRemovalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Sessions sessions;
  @Inject SessionEnding ending;
  @Inject SessionArchive archive;
  @Inject LiveSessions live;
  @Inject Transactions transactions;
  @Inject Pool pool;
  @Inject Clock clock;

  private final String user = Ids.next();

  @Test
  void archivesWhatACrashLeftUnarchived() {
    Session session = done(sessions.open(user, "desk", null)).session();
    done(sessions.addUpload(owner(), session.sessionId(), "file"));

    // As far as the process came before it died.
    done(live.end(session.sessionId(), any -> true, EndReason.LOGOUT, clock.instant()));

    await().atMost(PATIENCE).until(() -> announcements(session) == 1);
    await().atMost(PATIENCE).until(() -> done(live.ending(session.sessionId())).isEmpty());
    assertThat(done(live.findByUserAndClient(user, "desk"))).isEmpty();
    assertThat(done(archive.ofUser(user, null, 10)))
        .singleElement()
        .satisfies(ended -> assertThat(ended.session().dataUploads()).containsExactly("file"));
  }

  @Test
  void forgetsWhatACrashLeftArchived() {
    Session session = done(sessions.open(user, "desk", null)).session();
    EndedSession ended = new EndedSession(session, clock.instant(), EndReason.LOGOUT);

    done(transactions.inTransaction(transaction -> archive.add(transaction, ended)));
    done(live.end(session.sessionId(), any -> true, EndReason.LOGOUT, ended.endedAt()));

    await().atMost(PATIENCE).until(() -> done(live.ending(session.sessionId())).isEmpty());
    assertThat(done(archive.ofUser(user, null, 10))).hasSize(1);
    assertThat(announcements(session)).isZero();
  }

  @Test
  void archivesAnEndingSessionWhenItIsEndedAgain() {
    String id = done(sessions.open(user, "desk", null)).session().sessionId();
    done(live.end(id, any -> true, EndReason.LOGOUT, clock.instant()));

    done(ending.end(owner(), id));

    assertThat(done(archive.ofUser(user, null, 10))).hasSize(1);
    assertThatThrownBy(() -> done(ending.end(new Requester(Ids.next(), false), id)))
        .isInstanceOf(Problem.class);
  }

  @Test
  void archivesEveryAppendThatWasAcknowledged() {
    Session session = done(sessions.open(user, "desk", null)).session();
    String id = session.sessionId();
    List<Uni<Optional<String>>> writers =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    i == 30
                        ? ending.end(owner(), id).replaceWith(Optional.<String>empty())
                        : sessions
                            .addUpload(owner(), id, "file-" + i)
                            .map(added -> Optional.of("file-" + i))
                            .onFailure(Problem.class)
                            .recoverWithItem(Optional.empty()))
            .toList();

    List<String> acknowledged =
        done(Uni.join().all(writers).usingConcurrencyOf(12).andFailFast()).stream()
            .flatMap(Optional::stream)
            .toList();

    assertThat(done(archive.ofUser(user, null, 10)))
        .singleElement()
        .satisfies(
            ended ->
                assertThat(ended.session().dataUploads())
                    .containsExactlyInAnyOrderElementsOf(acknowledged));
    assertThat(announcements(session)).isEqualTo(1);
  }

  private Requester owner() {
    return new Requester(user, false);
  }

  private long announcements(Session session) {
    return done(pool.preparedQuery("SELECT count(*) FROM outbox WHERE aggregate_id = $1")
            .execute(Tuple.of(session.sessionId())))
        .iterator()
        .next()
        .getLong(0);
  }

  private static <T> T done(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
