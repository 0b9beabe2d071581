package com.faultmaven.session.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.repository.SessionStore;
import com.faultmaven.common.repository.SessionStoreContract;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.session.domain.EndReason;
import com.faultmaven.session.domain.EndedSession;
import com.faultmaven.session.domain.LiveSessions.UserSessions;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
class RedisSessionStoreTest extends SessionStoreContract {
  private static final Duration TTL = Duration.ofMinutes(30);
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Inject RedisSessionStore store;
  @Inject SessionCipher cipher;
  @Inject RedisDataSource redis;

  @Override
  protected SessionStore store() {
    return store;
  }

  @Override
  protected void pass(Duration time) {
    // Redis keeps its own time.
    await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
  }

  @Test
  void keepsNoPlainTextInRedis() {
    Session session =
        new Session(
            Ids.next(),
            "user-secret",
            "device",
            NOW,
            NOW,
            List.of("file-x"),
            List.of("case-y"),
            90,
            NOW);
    done(store.set(session, TTL));

    String raw = raw(SessionKeys.session(session.sessionId()));

    assertThat(raw)
        .startsWith("v1.")
        .doesNotContain("user-secret")
        .doesNotContain("device")
        .doesNotContain("file-x")
        .doesNotContain(session.sessionId());
  }

  @Test
  void takesAValueFromAnotherKeyForNone() {
    Session victim = stored(Ids.next(), "a", TTL);
    Session attacker = stored(Ids.next(), "b", TTL);

    redis
        .value(String.class)
        .set(
            SessionKeys.session(victim.sessionId()),
            raw(SessionKeys.session(attacker.sessionId())));

    assertThat(done(store.get(victim.sessionId()))).isEmpty();
    assertThat(done(store.delete(victim.sessionId()))).isTrue();
  }

  @Test
  void listsAUsersSessionsTheLongestLivingFirst() {
    String user = Ids.next();
    Session brief = stored(user, "a", Duration.ofMinutes(1));
    Session lasting = stored(user, "b", Duration.ofHours(2));
    Session middling = stored(user, "c", Duration.ofMinutes(30));
    stored(Ids.next(), "d", TTL);

    UserSessions all = done(store.ofUser(user, 10, 0));
    UserSessions second = done(store.ofUser(user, 1, 1));

    assertThat(all.sessions()).containsExactly(lasting, middling, brief);
    assertThat(all.total()).isEqualTo(3);
    assertThat(second.sessions()).containsExactly(middling);
    assertThat(second.total()).isEqualTo(3);
  }

  @Test
  void listsNeitherDeletedNorExpiredSessions() {
    String user = Ids.next();
    Session deleted = stored(user, "a", TTL);
    Session kept = stored(user, "b", TTL);
    stored(user, "c", Duration.ofSeconds(1));
    done(store.delete(deleted.sessionId()));
    pass(Duration.ofMillis(1100));

    UserSessions left = done(store.ofUser(user, 10, 0));

    assertThat(left.sessions()).containsExactly(kept);
    assertThat(left.total()).isEqualTo(1);
  }

  @Test
  void leavesNoIndexBehindWhenTheLastSessionExpires() {
    String user = Ids.next();
    stored(user, "a", Duration.ofSeconds(1));

    await().atMost(Duration.ofSeconds(5)).until(() -> !redis.key().exists(SessionKeys.user(user)));
  }

  @Test
  void letsTheClientsIndexLiveAsLongAsTheSession() {
    Session session = stored(Ids.next(), "desk", Duration.ofHours(1));
    done(
        store.indexSessionByClient(
            session.userId(), "desk", session.sessionId(), Duration.ofSeconds(5)));

    done(store.touch(session.sessionId(), NOW));

    long left = redis.key().pttl(SessionKeys.client(session.userId(), "desk"));
    assertThat(Duration.ofMillis(left)).isGreaterThan(Duration.ofMinutes(59));
  }

  @Test
  void doesNotExtendAnIndexThatPointsElsewhere() {
    Session session = stored(Ids.next(), "desk", Duration.ofHours(1));
    done(store.indexSessionByClient(session.userId(), "desk", "newer", Duration.ofSeconds(5)));

    done(store.extendTtl(session.sessionId(), Duration.ofHours(1)));

    long left = redis.key().pttl(SessionKeys.client(session.userId(), "desk"));
    assertThat(Duration.ofMillis(left)).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void usesTheKeysOfTheSpecification() {
    Session session = stored(Ids.next(), "device_456", TTL);
    done(store.indexSessionByClient(session.userId(), "device_456", session.sessionId(), TTL));

    assertThat(redis.key().exists("session:" + session.sessionId())).isTrue();
    assertThat(raw("session_client:" + session.userId() + ":device_456"))
        .isEqualTo(session.sessionId());
  }

  @Test
  void readsASessionThatWasStoredBeforeItsResumingWasRemembered() {
    String id = Ids.next();
    String json =
        """
        {"session_id": "%s", "user_id": "u", "client_id": "c", "ttl_seconds": 90,
         "created_at": "2026-03-01T10:00:00Z", "last_activity": "2026-03-01T10:05:00Z",
         "data_uploads": [], "case_history": []}
        """
            .formatted(id);
    String key = SessionKeys.session(id);
    redis.value(String.class).set(key, cipher.seal(key, json.getBytes(UTF_8)));

    assertThat(done(store.get(id)).map(Session::lastOpened)).contains(NOW);
  }

  @Test
  void takesAnEndingSessionForGone() {
    Session session = stored(Ids.next(), "desk", TTL);
    String id = session.sessionId();
    done(store.indexSessionByClient(session.userId(), "desk", id, TTL));
    Instant at = NOW.plusSeconds(9);

    assertThat(done(store.end(id, any -> false, EndReason.DISPLACED, at))).isEmpty();
    assertThat(done(store.get(id))).contains(session);
    EndedSession ended = new EndedSession(session, at, EndReason.DISPLACED);
    assertThat(done(store.end(id, any -> true, EndReason.DISPLACED, at))).contains(ended);

    assertThat(done(store.get(id))).isEmpty();
    assertThat(done(store.appendUpload(id, "f", at))).isEmpty();
    assertThat(done(store.extendTtl(id, TTL))).isFalse();
    assertThat(done(store.findByUserAndClient(session.userId(), "desk"))).isEmpty();
    assertThat(done(store.ofUser(session.userId(), 10, 0)).total()).isZero();
    assertThat(done(store.end(id, any -> true, EndReason.LOGOUT, at))).isEmpty();

    done(store.forgetEnding(List.of(id)));
    assertThat(done(store.ending(id))).isEmpty();
  }

  private Session stored(String userId, String clientId, Duration ttl) {
    Session session = Session.open(Ids.next(), userId, clientId, NOW, ttl);
    done(store.set(session, ttl));
    return session;
  }

  private String raw(String key) {
    return Optional.ofNullable(redis.value(String.class).get(key)).orElseThrow();
  }

  private static <T> T done(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }
}
