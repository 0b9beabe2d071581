package com.faultmaven.user.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import com.faultmaven.user.WatchedLoops;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.btc.BlockedThreadChecker;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Nothing of ours holds an event loop for 50 ms, by Vert.x's own checker, which names the place by
 * a stack trace. A loop that has merely lost its processor to others is no finding: it counts only
 * when more than one trace ends in the same code of this service or in a hash.
 */
@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
@TestProfile(EventLoopTest.Watched.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventLoopTest {
  @Inject Vertx vertx;

  /** What each loop that was held did at that moment. */
  private final ConcurrentLinkedQueue<List<StackTraceElement>> held = new ConcurrentLinkedQueue<>();

  /** The checker looks every 10 ms for what takes longer than 50. */
  public static final class Watched implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(WatchedLoops.WATCH, "true");
    }
  }

  @BeforeEach
  void watch() {
    checker()
        .setThreadBlockedHandler(
            event -> {
              if (event.duration() >= event.maxExecTime()) {
                held.add(List.of(event.thread().getStackTrace()));
              }
            });
  }

  @AfterEach
  void stopWatching() {
    checker().setThreadBlockedHandler(null);
  }

  private BlockedThreadChecker checker() {
    return ((VertxInternal) vertx).blockedThreadChecker();
  }

  @Test
  void isNeverBlockedByASignIn() throws Exception {
    List<TestAccount> accounts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      accounts.add(TestAccount.register());
    }
    work(accounts, 3);
    held.clear();

    work(accounts, 12);

    assertThat(culprits()).isEmpty();
  }

  /** The test above can fail: somebody who does hold a loop is found. */
  @Test
  void findsWhoHoldsALoop() {
    vertx.runOnContext(ignored -> hold(Duration.ofMillis(400)));

    await().atMost(Duration.ofSeconds(20)).until(() -> !culprits().isEmpty());
    assertThat(culprits()).anyMatch(place -> place.contains("EventLoopTest"));
  }

  private static void hold(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void work(List<TestAccount> accounts, int rounds) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(accounts.size())) {
      List<Future<?>> running = new ArrayList<>();
      for (TestAccount account : accounts) {
        running.add(threads.submit(() -> work(account, rounds)));
      }
      for (Future<?> client : running) {
        client.get();
      }
    }
  }

  private static void work(TestAccount account, int rounds) {
    for (int i = 0; i < rounds; i++) {
      Tokens tokens = account.login();
      tokens.given().get("/api/v1/auth/me").then().statusCode(200);
      TestAccount.refresh(tokens.refresh()).then().statusCode(200);
      TestAccount.tryLogin(account.username(), "wrong-password-of-mine", null)
          .then()
          .statusCode(401);
    }
  }

  /** Places that more than one trace ends in. */
  private List<String> culprits() {
    Map<String, Long> places =
        held.stream()
            .map(EventLoopTest::place)
            .filter(place -> !place.isEmpty())
            .collect(
                java.util.stream.Collectors.groupingBy(
                    place -> place, java.util.stream.Collectors.counting()));
    return places.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The innermost frame of ours or of the hash; empty when there is none. A filter that has passed
   * the request on is not it: beneath it is all that the framework does.
   */
  private static String place(List<StackTraceElement> trace) {
    return IntStream.range(0, trace.size())
        .filter(i -> isOurs(trace.get(i)) && (i == 0 || !passesOn(trace.get(i - 1))))
        .mapToObj(trace::get)
        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
        .findFirst()
        .orElse("");
  }

  private static boolean isOurs(StackTraceElement frame) {
    return frame.getClassName().startsWith("com.faultmaven.")
        || frame.getClassName().startsWith("org.bouncycastle.");
  }

  private static boolean passesOn(StackTraceElement called) {
    return called.getClassName().startsWith("io.vertx.ext.web.")
        && called.getMethodName().equals("next");
  }
}
