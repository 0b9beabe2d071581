package com.faultmaven.session.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.repository.SessionStore;
import com.faultmaven.common.repository.SessionStoreContract;
import com.faultmaven.common.testing.ServersResource;
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
            90);
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
