package com.faultmaven.common.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.session.Session;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link SessionStore} does. */
public abstract class SessionStoreContract {
  private static final Duration TTL = Duration.ofMinutes(30);
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

  protected abstract SessionStore store();

  /** Lets so much time pass for the store, or waits until it has. */
  protected abstract void pass(Duration time);

  @Test
  void givesBackEveryField() {
    Session session =
        new Session(
            Ids.next(),
            "user:1",
            "Gerät № 7: \"desk\"",
            NOW,
            NOW.plusMillis(1),
            List.of("f1", "f2"),
            List.of("c1"),
            90,
            NOW.plusMillis(2));

    await(store().set(session, session.ttl()));

    assertThat(await(store().get(session.sessionId()))).contains(session);
    assertThat(await(store().exists(session.sessionId()))).isTrue();
    assertThat(await(store().timeToLive(session.sessionId())))
        .hasValueSatisfying(
            left -> assertThat(left).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90)));
  }

  @Test
  void keepsWhenASessionWasLastResumed() {
    Session session = stored(TTL);

    await(store().update(session.sessionId(), found -> found.resumed(NOW.plusSeconds(7))));
    await(store().touch(session.sessionId(), NOW.plusSeconds(9)));
    await(store().update(session.sessionId(), found -> found.resumed(NOW.plusSeconds(3))));

    assertThat(session.lastOpened()).isEqualTo(NOW);
    assertThat(await(store().get(session.sessionId())))
        .hasValueSatisfying(
            found -> {
              assertThat(found.lastOpened()).isEqualTo(NOW.plusSeconds(7));
              assertThat(found.lastActivity()).isEqualTo(NOW.plusSeconds(9));
            });
  }

  @Test
  void knowsNothingOfStrangers() {
    String id = Ids.next();

    assertThat(await(store().get(id))).isEmpty();
    assertThat(await(store().exists(id))).isFalse();
    assertThat(await(store().delete(id))).isFalse();
    assertThat(await(store().extendTtl(id, TTL))).isFalse();
    assertThat(await(store().timeToLive(id))).isEmpty();
    assertThat(await(store().touch(id, NOW))).isEmpty();
    assertThat(await(store().appendUpload(id, "f", NOW))).isEmpty();
    assertThat(await(store().findByUserAndClient(id, "c"))).isEmpty();
    assertThat(await(store().removeClientIndex(id, "c"))).isFalse();
    assertThat(await(store().removeClientIndex(id, "c", id))).isFalse();
  }

  @Test
  void deletesOnce() {
    Session session = stored(TTL);

    assertThat(await(store().delete(session.sessionId()))).isTrue();

    assertThat(await(store().delete(session.sessionId()))).isFalse();
    assertThat(await(store().get(session.sessionId()))).isEmpty();
  }

  @Test
  void forgetsWhatHasExpired() {
    Session session = stored(Duration.ofSeconds(1));
    await(
        store()
            .indexSessionByClient(
                session.userId(), session.clientId(), session.sessionId(), Duration.ofSeconds(1)));

    pass(Duration.ofMillis(1100));

    assertThat(await(store().get(session.sessionId()))).isEmpty();
    assertThat(await(store().exists(session.sessionId()))).isFalse();
    assertThat(await(store().findByUserAndClient(session.userId(), session.clientId()))).isEmpty();
  }

  @Test
  void livesOnWhenExtendedOrTouched() {
    Session extended = stored(Duration.ofSeconds(1));
    Session touched = stored(Duration.ofSeconds(1));

    await(store().extendTtl(extended.sessionId(), TTL));
    await(store().set(touched.withTtl(TTL), Duration.ofSeconds(1)));
    Optional<Session> after = await(store().touch(touched.sessionId(), NOW.plusSeconds(5)));
    pass(Duration.ofMillis(1100));

    assertThat(await(store().exists(extended.sessionId()))).isTrue();
    assertThat(await(store().get(touched.sessionId()))).isEqualTo(after);
    assertThat(after)
        .hasValueSatisfying(
            session -> assertThat(session.lastActivity()).isEqualTo(NOW.plusSeconds(5)));
  }

  @Test
  void refusesTtlsBelowOneSecond() {
    Session session = Session.open(Ids.next(), "u", "c", NOW, TTL);

    assertThatThrownBy(() -> await(store().set(session, Duration.ofMillis(999))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void losesNoAppendOfConcurrentWriters() {
    Session session = stored(TTL);
    List<String> files = IntStream.range(0, 40).mapToObj(i -> "file-" + i).toList();
    List<String> cases = IntStream.range(0, 40).mapToObj(i -> "case-" + i).toList();

    List<Uni<?>> writers =
        IntStream.range(0, 40)
            .boxed()
            .<Uni<?>>mapMulti(
                (i, writer) -> {
                  writer.accept(store().appendUpload(session.sessionId(), files.get(i), NOW));
                  writer.accept(store().appendCase(session.sessionId(), cases.get(i), NOW));
                })
            .toList();
    await(Uni.combine().all().unis(writers).usingConcurrencyOf(16).discardItems());

    assertThat(await(store().get(session.sessionId())))
        .hasValueSatisfying(
            found -> {
              assertThat(found.dataUploads()).containsExactlyInAnyOrderElementsOf(files);
              assertThat(found.caseHistory()).containsExactlyInAnyOrderElementsOf(cases);
            });
  }

  @Test
  void appendsAnIdOnce() {
    Session session = stored(TTL);

    await(store().appendUpload(session.sessionId(), "f", NOW));
    Optional<Session> again = await(store().appendUpload(session.sessionId(), "f", NOW));

    assertThat(again)
        .hasValueSatisfying(found -> assertThat(found.dataUploads()).containsExactly("f"));
  }

  @Test
  void givesClientsTheirOwnSession() {
    String user = Ids.next();
    await(store().indexSessionByClient(user, "desk", "s1", TTL));
    await(store().indexSessionByClient(user, "phone", "s2", TTL));
    await(store().indexSessionByClient(user, "desk", "s3", TTL));

    assertThat(await(store().findByUserAndClient(user, "desk"))).contains("s3");
    assertThat(await(store().findByUserAndClient(user, "phone"))).contains("s2");
    assertThat(await(store().removeClientIndex(user, "desk", "s1"))).isFalse();
    assertThat(await(store().removeClientIndex(user, "desk", "s3"))).isTrue();
    assertThat(await(store().findByUserAndClient(user, "desk"))).isEmpty();
    assertThat(await(store().removeClientIndex(user, "phone"))).isTrue();
    assertThat(await(store().findByUserAndClient(user, "phone"))).isEmpty();
  }

  @Test
  void keepsUsersAndClientsApartWhateverTheyAreCalled() {
    String user = Ids.next();
    await(store().indexSessionByClient(user + ":a", "b", "s1", TTL));
    await(store().indexSessionByClient(user, "a:b", "s2", TTL));

    assertThat(await(store().findByUserAndClient(user + ":a", "b"))).contains("s1");
    assertThat(await(store().findByUserAndClient(user, "a:b"))).contains("s2");
  }

  @Test
  void letsOneOfSeveralClaimsWin() {
    String user = Ids.next();
    List<Uni<Boolean>> claims =
        IntStream.range(0, 12)
            .mapToObj(i -> store().claimClientIndex(user, "desk", Optional.empty(), "s" + i, TTL))
            .toList();

    List<Boolean> won = await(Uni.join().all(claims).andFailFast());

    assertThat(won).containsOnlyOnce(true);
    String winner = "s" + won.indexOf(true);
    assertThat(await(store().findByUserAndClient(user, "desk"))).contains(winner);
    assertThat(await(store().claimClientIndex(user, "desk", Optional.of("other"), "n", TTL)))
        .isFalse();
    assertThat(await(store().claimClientIndex(user, "desk", Optional.of(winner), "n", TTL)))
        .isTrue();
    assertThat(await(store().findByUserAndClient(user, "desk"))).contains("n");
  }

  private Session stored(Duration ttl) {
    Session session = Session.open(Ids.next(), Ids.next(), "client", NOW, ttl);
    await(store().set(session, ttl));
    return session;
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }
}
