package com.faultmaven.user.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.web.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHashingTest {
  private final PasswordHashing hashing =
      new PasswordHashing(settings(), new SimpleMeterRegistry());

  @AfterEach
  void close() {
    hashing.close();
  }

  @Test
  void refusesMoreThanTheQueueHolds() {
    List<CompletableFuture<String>> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      running.add(hashing.hash("violet-tractor").subscribeAsCompletionStage());
    }

    assertThatThrownBy(() -> await(hashing.hash("violet-tractor")))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(503);
              assertThat(problem.headers()).containsEntry("Retry-After", "2");
            });
    running.forEach(hash -> assertThat(hash.join()).startsWith("$argon2id$"));
    assertThat(await(hashing.matches("violet-tractor", running.getFirst().join()))).isTrue();
  }

  @Test
  void knowsNoPasswordOfNobody() {
    assertThat(await(hashing.matches("the password of nobody", null))).isFalse();
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }

  /** One worker, two places in the queue. */
  private static PasswordSettings settings() {
    return new PasswordSettings() {
      @Override
      public int memoryKib() {
        return 65_536;
      }

      @Override
      public int iterations() {
        return 3;
      }

      @Override
      public int parallelism() {
        return 1;
      }

      @Override
      public int workers() {
        return 1;
      }

      @Override
      public int queue() {
        return 2;
      }

      @Override
      public Duration retryAfter() {
        return Duration.ofSeconds(2);
      }

      @Override
      public int minLength() {
        return 12;
      }
    };
  }
}
