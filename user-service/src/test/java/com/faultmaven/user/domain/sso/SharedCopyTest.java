package com.faultmaven.user.domain.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SharedCopyTest {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final MovingClock clock = new MovingClock();
  private final List<UniEmitter<? super String>> fetches = new ArrayList<>();
  private final SharedCopy<String> copy =
      new SharedCopy<>(
          () -> Uni.createFrom().<String>emitter(fetches::add), LIFETIME, INTERVAL, clock);

  private static final class MovingClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Test
  void fetchesOnceForAllWhoAskAtOnceAndKeepsIt() {
    List<CompletableFuture<String>> waiting = List.of(ask(), ask(), ask());
    assertThat(fetches).hasSize(1);

    fetches.getFirst().complete("first");

    assertThat(waiting).allMatch(answer -> "first".equals(answer.join()));
    assertThat(ask().join()).isEqualTo("first");
    assertThat(fetches).hasSize(1);
  }

  @Test
  void fetchesAgainWhenTheCopyIsOld() {
    filled("first");
    clock.now = clock.now.plus(LIFETIME);

    CompletableFuture<String> answer = ask();
    fetches.getLast().complete("second");

    assertThat(answer.join()).isEqualTo("second");
  }

  @Test
  void keepsNoFailure() {
    CompletableFuture<String> failed = ask();
    fetches.getLast().fail(new IllegalStateException("away"));

    assertThatThrownBy(failed::join).hasRootCauseMessage("away");
    assertThat(filled("first")).isEqualTo("first");
  }

  @Test
  void goesOnWhenWhoAskedFirstHasLeft() {
    CompletableFuture<String> left = ask();
    left.cancel(true);

    assertThat(filled("first")).isEqualTo("first");
  }

  @Test
  void renewsOnceForAllWhoFindTheSameCopyWanting() {
    String old = filled("first");
    List<CompletableFuture<String>> waiting = List.of(renew(old), renew(old));

    assertThat(fetches).hasSize(2);
    fetches.getLast().complete("second");

    assertThat(waiting).allMatch(answer -> "second".equals(answer.join()));
    assertThat(renew(old).join()).isEqualTo("second");
    assertThat(fetches).hasSize(2);
  }

  @Test
  void renewsOnlySoOften() {
    CompletableFuture<String> first = renew(filled("first"));
    fetches.getLast().complete("second");
    String second = first.join();

    assertThat(renew(second).join()).isEqualTo("second");
    assertThat(fetches).hasSize(2);

    clock.now = clock.now.plus(INTERVAL);
    CompletableFuture<String> later = renew(second);
    fetches.getLast().complete("third");
    assertThat(later.join()).isEqualTo("third");
  }

  private CompletableFuture<String> ask() {
    return copy.get().subscribeAsCompletionStage();
  }

  private CompletableFuture<String> renew(String wanting) {
    return copy.renew(wanting).subscribeAsCompletionStage();
  }

  private String filled(String value) {
    CompletableFuture<String> answer = ask();
    fetches.getLast().complete(value);
    return answer.join();
  }
}
