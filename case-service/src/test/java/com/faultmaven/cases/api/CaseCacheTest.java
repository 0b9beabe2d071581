package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.add;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.become;
import static com.faultmaven.cases.api.CaseCalls.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.faultmaven.cases.domain.CaseCache;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Copies of cases in Redis: served, and never instead of what somebody was told is stored. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class CaseCacheTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject CaseCache cache;
  @Inject MeterRegistry metrics;
  @Inject Vertx vertx;

  @ConfigProperty(name = "faultmaven.redis.url")
  String redis;

  private final String user = Ids.next();

  @Test
  void servesTheSecondReadFromACopy() {
    String caseId = open(user);
    String first = loadAndKeep(caseId);
    double before = hits();

    assertThat(load(caseId)).isEqualTo(first);

    assertThat(hits()).isGreaterThan(before);
  }

  @Test
  void copiesNothingThatIsReadOnce() {
    String caseId = open(user);
    assertThat(cache.find(caseId).await().atMost(PATIENCE)).isEqualTo(CaseCache.Found.NOTHING);
  }

  @Test
  void asksRedisOnlyForCasesThatAreAskedForAgain() {
    String caseId = open(user);
    double first = count("first");
    load(caseId);

    assertThat(count("first")).isEqualTo(first + 1);
    assertThat(cache.find(caseId).await().atMost(PATIENCE).mark()).isNotEmpty();
    assertThat(count("first")).isEqualTo(first + 1);
  }

  @Test
  void servesNobodyElse() {
    String caseId = open(user);
    loadAndKeep(caseId);

    as(Ids.next()).get("/api/v1/cases/{id}", caseId).then().statusCode(404);
    as(Ids.next(), "user", "analyst").get("/api/v1/cases/{id}", caseId).then().statusCode(200);
  }

  @Test
  void everyWriteShowsInTheNextRead() {
    CaseWrites writes = new CaseWrites(user);
    String caseId = writes.caseId();
    Map<String, Supplier<Response>> all = writes.all();
    all.put("status changed", () -> become(user, caseId, "closed", "abandoned"));
    all.put("archived", () -> as(user).post("/api/v1/cases/{id}/archive", caseId));
    for (Map.Entry<String, Supplier<Response>> write : all.entrySet()) {
      String before = loadAndKeep(caseId);
      assertThat(load(caseId)).isEqualTo(before);
      int status = write.getValue().get().statusCode();
      assertThat(status).as(write.getKey()).isBetween(200, 299);
      assertThat(load(caseId)).as(write.getKey()).isNotEqualTo(before);
    }
  }

  @Test
  void aRequestThatNamesAnyIdAtAllLeavesNothingInRedis() {
    String nobodys = Ids.next();
    as(user).body("{\"title\": \"b\"}").patch("/api/v1/cases/{id}", nobodys).then().statusCode(404);

    Redis client = Redis.createClient(vertx, redis);
    try {
      assertThat(
              client
                  .send(Request.cmd(Command.EXISTS).arg("case:{" + nobodys + "}:mark"))
                  .await()
                  .atMost(PATIENCE)
                  .toInteger())
          .isZero();
    } finally {
      client.close();
    }
  }

  @Test
  void readersNeverMissWhatTheWriterWasTold() throws Exception {
    String caseId = open(user);
    AtomicBoolean done = new AtomicBoolean();
    List<String> missing = new ArrayList<>();
    try (ExecutorService readers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> reading = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        reading.add(
            readers.submit(
                () -> {
                  while (!done.get()) {
                    load(caseId);
                  }
                }));
      }
      try {
        for (int i = 0; i < 100; i++) {
          String text = "message number " + i + " ends here";
          add(
                  user,
                  caseId,
                  "messages",
                  Map.of("message_type", "user_query", "role", "user", "content", text))
              .then()
              .statusCode(201);
          if (!load(caseId).contains(text)) {
            missing.add(text);
          }
        }
      } finally {
        done.set(true);
      }
      for (Future<?> reader : reading) {
        reader.get();
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void aReaderThatWasOvertakenByAWriteKeepsNothing() {
    String caseId = open(user);
    cache.find(caseId).await().atMost(PATIENCE);
    CaseCache.Found found = cache.find(caseId).await().atMost(PATIENCE);
    assertThat(found.mark()).isNotEmpty();
    cache.invalidate(caseId).await().atMost(PATIENCE);

    cache
        .keep(caseId, found.mark(), new CaseCache.Copy(1, 1, Buffer.buffer("{\"title\": \"old\"}")))
        .await()
        .atMost(PATIENCE);

    assertThat(copy(caseId)).isFalse();
  }

  /** The second reader's answer is copied, while he has it already. */
  private String loadAndKeep(String caseId) {
    String loaded = load(caseId);
    assertThat(load(caseId)).isEqualTo(loaded);
    await().atMost(PATIENCE).until(() -> copy(caseId));
    return loaded;
  }

  private boolean copy(String caseId) {
    return cache.find(caseId).await().atMost(PATIENCE).copy().isPresent();
  }

  private double hits() {
    return count("hit");
  }

  private double count(String outcome) {
    return metrics.counter("faultmaven.case.cache", "outcome", outcome).count();
  }

  private String load(String caseId) {
    return as(user).get("/api/v1/cases/{id}", caseId).then().statusCode(200).extract().asString();
  }
}
