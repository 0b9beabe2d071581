package com.faultmaven.artifact.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.web.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessingPoolTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    release.countDown();
  }

  @Test
  void givesTheValueAndTheFailure() {
    ProcessingPool pool = pool("PT30S");

    assertThat(pool.run(() -> 7).await().atMost(PATIENCE)).isEqualTo(7);
    assertThatThrownBy(
            () ->
                pool.run(
                        () -> {
                          throw new IllegalStateException("no");
                        })
                    .await()
                    .atMost(PATIENCE))
        .hasMessage("no");
  }

  @Test
  void survivesAStackOverflow() {
    ProcessingPool pool = pool("PT30S");

    assertThatThrownBy(() -> pool.run(() -> deeper(1)).await().atMost(PATIENCE))
        .hasRootCauseInstanceOf(StackOverflowError.class);
    assertThat(pool.run(() -> 7).await().atMost(PATIENCE)).isEqualTo(7);
  }

  @Test
  void refusesWorkWhenTheQueueIsFull() {
    ProcessingPool pool = pool("PT30S");
    CompletableFuture<Boolean> working = blocked(pool);
    CompletableFuture<Boolean> waiting = blocked(pool);

    assertThatThrownBy(() -> pool.run(() -> 7).await().atMost(PATIENCE))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(503);
              assertThat(problem.code()).isEqualTo("processing-busy");
              assertThat(problem.headers()).containsEntry("Retry-After", "5");
            });
    release.countDown();
    assertThat(working.join()).isTrue();
    assertThat(waiting.join()).isTrue();
  }

  @Test
  void tellsSlowWorkFromWorkThatNeverBegan() {
    ProcessingPool pool = pool("PT0.2S");
    CompletableFuture<Boolean> slow = blocked(pool);
    AtomicBoolean ran = new AtomicBoolean();
    CompletableFuture<Boolean> waiting =
        pool.run(() -> ran.getAndSet(true)).subscribeAsCompletionStage();

    assertThatThrownBy(slow::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ProcessingPool.TooSlowException.class);
    assertThatThrownBy(waiting::join).hasCauseInstanceOf(Problem.class);
    release.countDown();
    assertThat(ran).isFalse();
  }

  private CompletableFuture<Boolean> blocked(ProcessingPool pool) {
    return pool.run(
            () -> {
              release.await();
              return true;
            })
        .subscribeAsCompletionStage();
  }

  private static int deeper(int depth) {
    return depth == 0 ? 0 : 1 + deeper(depth + 1);
  }

  private static ProcessingPool pool(String timeout) {
    ProcessingSettings settings =
        new SmallRyeConfigBuilder()
            .withMapping(ProcessingSettings.class)
            .withDefaultValue("faultmaven.preprocessing.workers", "1")
            .withDefaultValue("faultmaven.preprocessing.queue", "1")
            .withDefaultValue("faultmaven.preprocessing.timeout", timeout)
            .build()
            .getConfigMapping(ProcessingSettings.class);
    return new ProcessingPool(settings, new SimpleMeterRegistry());
  }
}
