package com.faultmaven.common.userdata;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.UserErasureRequested;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import com.faultmaven.common.web.Problem;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
class UserDataTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject KeptThingsUnderTest things;
  @Inject ErasureRequests requests;
  @Inject ErasedUsers erasedUsers;
  @Inject Transactions transactions;
  @Inject Pool pool;
  @Inject ObjectMapper json;

  @Test
  void erasesAndAnswersEachTimeItIsAsked() throws IOException {
    String userId = Ids.next();
    String other = Ids.next();
    keep(userId, "one");
    keep(userId, "two");
    keep(other, "another's");

    erase(userId);
    erase(userId);

    assertThat(kept(userId)).isZero();
    assertThat(kept(other)).isOne();
    List<JsonNode> answers = answers(userId);
    assertThat(answers)
        .extracting(answer -> answer.at("/erased/things").asLong())
        .containsExactly(2L, 0L);
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.path("user_id").asText()).isEqualTo(userId);
              assertThat(answer.path("service").asText()).isEqualTo("common-tests");
            });
  }

  @Test
  void forgetsTheAnswersThatAreKeptForRepeatedRequests() {
    String userId = Ids.next();
    sql(
        "INSERT INTO idempotency_keys (owner_id, key, request_hash, created_at)"
            + " VALUES ($1, 'k', 'h', now())",
        userId);

    erase(userId);

    assertThat(count("SELECT count(*) FROM idempotency_keys WHERE owner_id = $1", userId)).isZero();
  }

  @Test
  void letsNobodyAddDataAfterwards() {
    String userId = Ids.next();
    keep(userId, "before");
    erase(userId);

    assertThatThrownBy(() -> keep(userId, "after"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(401);
              assertThat(problem.code()).isEqualTo("account-gone");
            });
    assertThat(kept(userId)).isZero();
  }

  @Test
  void waitsForThoseWhoAreAddingAndStopsThoseWhoComeLater() {
    String userId = Ids.next();
    CompletableFuture<Void> mayCommit = new CompletableFuture<>();
    CompletableFuture<Void> hasAdded = new CompletableFuture<>();
    CompletableFuture<Void> early =
        adding(userId, "early", hasAdded, mayCommit).subscribeAsCompletionStage();
    hasAdded.join();

    CompletableFuture<Void> erasure = erasing(userId).subscribeAsCompletionStage();
    awaitWaitingLock();
    CompletableFuture<Void> late = keeping(userId, "late").subscribeAsCompletionStage();
    assertThat(erasure).isNotDone();
    mayCommit.complete(null);

    early.join();
    erasure.join();
    assertThatThrownBy(late::join).hasCauseInstanceOf(Problem.class);
    assertThat(kept(userId)).isZero();
  }

  @Test
  void leavesNothingHalfErasedWhenTheErasureFails() {
    String userId = Ids.next();
    keep(userId, "stays");

    assertThatThrownBy(
            () ->
                transactions
                    .inTransaction(
                        tx ->
                            requests
                                .apply(tx, request(userId))
                                .invoke(
                                    () -> {
                                      throw new IllegalStateException("too late");
                                    }))
                    .await()
                    .atMost(PATIENCE))
        .hasMessage("too late");

    assertThat(kept(userId)).isOne();
    assertThat(answers(userId)).isEmpty();
    keep(userId, "and more may come");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99, 100, 101, 250})
  void exportsEveryThing(int count) throws IOException {
    String userId = Ids.next();
    List<String> expected = IntStream.range(0, count).mapToObj(i -> "näme \"" + i + "\"").toList();
    expected.forEach(text -> keep(userId, text));

    Map<String, String> files = unzip(export(userId, "service").expect(200));

    assertThat(files).containsOnlyKeys("things.json", "raw/reader.txt");
    assertThat(json.readValue(files.get("things.json"), String[].class))
        .containsExactlyElementsOf(expected);
    assertThat(files.get("raw/reader.txt")).isEqualTo("some-service");
  }

  @Test
  void isForServicesAlone() {
    assertThat(export(Ids.next(), "user").status()).isEqualTo(403);
    assertThat(export(Ids.next(), "admin").status()).isEqualTo(403);
    assertThat(given().get("/api/v1/internal/export/" + Ids.next()).statusCode()).isEqualTo(401);
    assertThat(export("no-id", "service").status()).isEqualTo(404);
  }

  @Test
  void anArchiveThatBreaksOffIsNotTakenForAWholeOne() {
    String userId = Ids.next();
    IntStream.range(0, 150).forEach(i -> keep(userId, "fine " + i));
    keep(userId, KeptThingsUnderTest.BROKEN);

    assertThatThrownBy(
            () -> {
              Answer answer = export(userId, "service");
              if (answer.status() != 200) {
                throw new IOException("answered " + answer.status());
              }
              new ExportArchive(java.io.OutputStream.nullOutputStream(), 1)
                  .addAll(new ByteArrayInputStream(answer.body()));
            })
        .isInstanceOf(Exception.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/etc/passwd", "../x", "a/../b", "a//b", "a b", "ä", "..", "a/.", "x/"})
  void refusesPathsThatLeadAnywhereElse(String path) {
    assertThatThrownBy(() -> new ExportedFile(path, io.smallrye.mutiny.Multi.createFrom().empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "files/a/b/.env", "a/..b", "...", "x_1-2.tar.gz"})
  void takesOrdinaryPaths(String path) {
    assertThat(new ExportedFile(path, io.smallrye.mutiny.Multi.createFrom().empty()).path())
        .isEqualTo(path);
  }

  private record Answer(int status, byte[] body) {
    Answer expect(int expected) {
      assertThat(status).as(() -> new String(body, UTF_8)).isEqualTo(expected);
      return this;
    }
  }

  private static Answer export(String userId, String role) {
    var response =
        given()
            .auth()
            .oauth2(TestTokens.bearer("some-service", role))
            .get("/api/v1/internal/export/" + userId);
    return new Answer(response.statusCode(), response.asByteArray());
  }

  private static Map<String, String> unzip(Answer answer) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return files;
  }

  private void keep(String userId, String text) {
    keeping(userId, text).await().atMost(PATIENCE);
  }

  private Uni<Void> keeping(String userId, String text) {
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    return adding(userId, text, new CompletableFuture<>(), done);
  }

  private Uni<Void> adding(
      String userId,
      String text,
      CompletableFuture<Void> added,
      CompletableFuture<Void> mayCommit) {
    return transactions.inTransaction(
        tx ->
            erasedUsers
                .requireNotErased(tx, userId)
                .chain(() -> things.add(tx, userId, text))
                .invoke(() -> added.complete(null))
                .chain(() -> Uni.createFrom().completionStage(mayCommit)));
  }

  private void erase(String userId) {
    erasing(userId).await().atMost(PATIENCE);
  }

  private Uni<Void> erasing(String userId) {
    return transactions.inTransaction(tx -> requests.apply(tx, request(userId)));
  }

  private static UserErasureRequested request(String userId) {
    return new UserErasureRequested(userId, "erasure-of-" + userId, Instant.now());
  }

  private void awaitWaitingLock() {
    org.awaitility.Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                count(
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                            + " AND $1 <> ''",
                        "any")
                    > 0);
  }

  private List<JsonNode> answers(String userId) {
    return pool
        .preparedQuery("SELECT data FROM outbox WHERE aggregate_id = $1 ORDER BY seq")
        .execute(Tuple.of(userId))
        .await()
        .atMost(PATIENCE)
        .stream()
        .map(row -> read(row.getString("data")))
        .toList();
  }

  private JsonNode read(String text) {
    try {
      return json.readTree(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private long kept(String userId) {
    return count("SELECT count(*) FROM kept WHERE user_id = $1", userId);
  }

  private long count(String query, String userId) {
    return pool.preparedQuery(query)
        .execute(Tuple.of(userId))
        .await()
        .atMost(PATIENCE)
        .iterator()
        .next()
        .getLong(0);
  }

  private void sql(String statement, String userId) {
    pool.preparedQuery(statement).execute(Tuple.of(userId)).await().atMost(PATIENCE);
  }
}
