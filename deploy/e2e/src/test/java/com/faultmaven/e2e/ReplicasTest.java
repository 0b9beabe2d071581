package com.faultmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.faultmaven.e2e.Api.Answer;
import com.faultmaven.local.LocalStack;
import com.faultmaven.local.Service;
import com.faultmaven.local.process.Component;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two replicas of user-service on one database, asked at the same moment. */
@ExtendWith(RunningStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LocalStack stack;
  private final Component replica;
  private final List<URI> both;

  ReplicasTest(LocalStack stack) throws Exception {
    this.stack = stack;
    replica = stack.startReplica(Service.USER);
    both =
        List.of(
            stack.serviceUrl(Service.USER),
            URI.create("http://127.0.0.1:" + replica.status().port()));
  }

  @BeforeAll
  void bothAnswer() {
    both.forEach(url -> new Api(url, null).get("/.well-known/jwks.json").expect(200));
  }

  @AfterAll
  void stop() throws InterruptedException {
    replica.stop();
  }

  @RepeatedTest(5)
  void registersANameOnce() throws Exception {
    String name = "r" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);

    List<Answer> answers =
        atOnce(
            url ->
                new Api(url, null)
                    .post(
                        "/api/v1/auth/register",
                        """
                        {"username": "%1$s", "email": "%1$s@example.com", "password": "Long %1$s"}
                        """
                            .formatted(name)));

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
    Person.logIn(both.getLast(), name, "Long " + name);
  }

  @RepeatedTest(5)
  void exchangesARefreshTokenOnce() throws Exception {
    Person person = Person.register(both.getFirst());

    List<Answer> answers = atOnce(url -> refresh(url, person.refreshToken()));

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 401);
    String won =
        answers.stream()
            .filter(answer -> answer.status() == 200)
            .findFirst()
            .orElseThrow()
            .text("refresh_token");
    // The loser held a copy, so the winner's family has ended too, on both replicas.
    both.forEach(url -> assertThat(refresh(url, won).status()).isEqualTo(401));
  }

  @Test
  void verifiesEachOthersTokens() {
    Person person = Person.register(both.getFirst());

    both.forEach(url -> new Api(url, person.token()).get("/api/v1/auth/me").expect(200));
  }

  @Test
  void showsAChangeOfTheOtherReplica() {
    Person person = Person.register(both.getFirst());
    Api first = new Api(both.getFirst(), person.token());
    Api second = new Api(both.getLast(), person.token());
    second.get("/api/v1/auth/me").expect(200);

    first
        .send("PATCH", "/api/v1/users/" + person.userId(), "{\"display_name\": \"Elsewhere\"}")
        .expect(200);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(second.get("/api/v1/auth/me").expect(200).text("display_name"))
                    .isEqualTo("Elsewhere"));
  }

  private static Answer refresh(URI url, String token) {
    return new Api(url, null)
        .post("/api/v1/auth/refresh", "{\"refresh_token\": \"%s\"}".formatted(token));
  }

  /** Asks both replicas at the same moment. */
  private List<Answer> atOnce(java.util.function.Function<URI, Answer> request) throws Exception {
    CyclicBarrier start = new CyclicBarrier(both.size());
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(both.size())) {
      List<Future<Answer>> running = new ArrayList<>();
      for (URI url : both) {
        Callable<Answer> call =
            () -> {
              start.await();
              return request.apply(url);
            };
        running.add(threads.submit(call));
      }
      for (Future<Answer> answer : running) {
        answers.add(answer.get());
      }
    }
    assertThat(stack.statuses()).isNotEmpty();
    return answers;
  }
}
