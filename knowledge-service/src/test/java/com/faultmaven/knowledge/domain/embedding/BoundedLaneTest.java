package com.faultmaven.knowledge.domain.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.web.Problem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedLaneTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void refusesWhatDoesNotFitItsQueue() throws Exception {
    try (BoundedLane lane = new BoundedLane("test", 1, 1)) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      CompletableFuture<String> running =
          lane.run(
                  () -> {
                    begun.countDown();
                    end.await();
                    return "first";
                  })
              .subscribeAsCompletionStage();
      begun.await();
      CompletableFuture<String> waiting = lane.run(() -> "second").subscribeAsCompletionStage();

      assertThatThrownBy(() -> lane.run(() -> "third").await().atMost(PATIENCE))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.status()).isEqualTo(503);
                assertThat(problem.code()).isEqualTo("embedding-busy");
                assertThat(problem.headers()).containsKey("Retry-After");
              });
      assertThat(lane.waiting()).isEqualTo(1);

      end.countDown();
      assertThat(running.get()).isEqualTo("first");
      assertThat(waiting.get()).isEqualTo("second");
    }
  }

  @Test
  void failsAsTheWorkDoes() {
    try (BoundedLane lane = new BoundedLane("test", 1, 1)) {
      assertThatThrownBy(
              () ->
                  lane.run(
                          () -> {
                            throw new IllegalStateException("broken");
                          })
                      .await()
                      .atMost(PATIENCE))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("broken");
    }
  }
}
