package com.faultmaven.session.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.session.domain.LiveSessions;
import com.faultmaven.session.domain.SessionArchive;
import com.faultmaven.session.domain.SessionEnding;
import com.faultmaven.session.domain.Sessions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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
  @Inject Clock clock;

  @Test
  void removesWhatACrashLeftInRedis() {
    String user = Ids.next();
    Session session = done(sessions.open(user, "desk", null)).session();

    // As far as the process came before it died.
    done(
        transactions.inTransaction(
            transaction ->
                ending.archiveLoggedOut(
                    transaction, user, Optional.of(session.sessionId()), clock.instant())));

    await().atMost(PATIENCE).until(() -> done(live.get(session.sessionId())).isEmpty());
    await().atMost(PATIENCE).until(() -> done(archive.notRemoved(10)).isEmpty());
    assertThat(done(live.findByUserAndClient(user, "desk"))).isEmpty();
    assertThat(done(archive.ofUser(user, null, 10))).hasSize(1);
  }

  private static <T> T done(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
