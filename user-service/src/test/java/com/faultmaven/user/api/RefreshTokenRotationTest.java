package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.faultmaven.common.event.UserLoggedOut;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class RefreshTokenRotationTest {
  @Inject Pool pool;

  @Test
  void givesTheNextPairAndKeepsTheSession() {
    TestAccount account = TestAccount.register();
    Tokens first = account.login("phone");

    Response answer = TestAccount.refresh(first.refresh());

    answer.then().statusCode(200).body("user.user_id", equalTo(account.userId()));
    Tokens second = Tokens.of(answer);
    assertThat(second.refresh()).isNotEqualTo(first.refresh()).hasSize(43);
    assertThat(second.session()).isEqualTo("session-of-phone");
    second.given().get("/api/v1/auth/me").then().statusCode(200);
  }

  @Test
  void endsTheFamilyWhenATokenIsUsedAgain() {
    TestAccount account = TestAccount.register();
    Tokens first = account.login();
    Tokens otherDevice = account.login();
    Tokens second = Tokens.of(TestAccount.refresh(first.refresh()));

    assertRefused(first);

    assertRefused(second);
    TestAccount.refresh(otherDevice.refresh()).then().statusCode(200);
    TestAccount.admin()
        .given()
        .get("/api/v1/audit/auth-events?user_id=" + account.userId())
        .then()
        .body("items.event_type", hasItem("refresh_token_reused"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void letsOneOfConcurrentUsesWin(int uses) throws Exception {
    Tokens tokens = TestAccount.register().login();

    List<Response> answers = concurrently(uses, tokens.refresh());

    assertThat(answers).extracting(Response::statusCode).containsOnly(200, 401);
    List<Response> won = answers.stream().filter(a -> a.statusCode() == 200).toList();
    assertThat(won).hasSize(1);
    // The losers held a copy, so the winner's family has ended too.
    assertRefused(Tokens.of(won.getFirst()));
  }

  /** Whatever the order of uses: the newest token of a living family works, and nothing else. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
  void holdsItsRuleInAnyOrderOfUses(long seed) {
    Random random = new Random(seed);
    List<Tokens> given = new ArrayList<>(List.of(TestAccount.register().login()));
    boolean alive = true;
    for (int step = 0; step < 8; step++) {
      boolean newest = random.nextInt(4) > 0;
      Tokens tried = newest ? given.getLast() : given.get(random.nextInt(given.size()));
      boolean expected = alive && tried.equals(given.getLast());

      Response answer = TestAccount.refresh(tried.refresh());

      assertThat(answer.statusCode()).isEqualTo(expected ? 200 : 401);
      if (expected) {
        given.add(Tokens.of(answer));
      } else {
        alive = false;
      }
    }
  }

  @Test
  void storesNoToken() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();

    List<String> hashes =
        strings(
            """
            SELECT encode(token_hash, 'escape') AS v
            FROM refresh_tokens JOIN refresh_families USING (family_id) WHERE user_id = $1
            """,
            account.userId());

    assertThat(hashes).singleElement().asString().doesNotContain(tokens.refresh());
  }

  @Test
  void refusesAnExpiredToken() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    strings(
        """
        UPDATE refresh_tokens SET expires_at = now() - interval '1 s'
        FROM refresh_families f WHERE f.family_id = refresh_tokens.family_id AND f.user_id = $1
        """,
        account.userId());

    assertRefused(tokens);
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired", "revoked"})
  void writesOneRowOfTheAuditForAnOldTokenHoweverOftenItIsSent(String why) {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    if (why.equals("revoked")) {
      tokens.given("{}").post("/api/v1/auth/logout").then().statusCode(204);
    } else {
      strings(
          """
          UPDATE refresh_tokens SET expires_at = now() - interval '1 s'
          FROM refresh_families f WHERE f.family_id = refresh_tokens.family_id AND f.user_id = $1
          """,
          account.userId());
    }

    for (int i = 0; i < 3; i++) {
      assertRefused(tokens);
    }

    assertThat(
            strings(
                """
                SELECT concat_ws(' ', outcome, detail, actor_id) AS v FROM auth_audit_log
                WHERE user_id = $1 AND event_type = 'refresh_token_refused'
                """,
                account.userId()))
        .containsExactly("failure " + why);
  }

  @Test
  void endsOneLogInAtLogout() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    Tokens otherDevice = account.login();
    Tokens refreshed = Tokens.of(TestAccount.refresh(tokens.refresh()));

    // With the access token of before the refresh: the log-in is the same.
    tokens.given().contentType(ContentType.JSON).post("/api/v1/auth/logout").then().statusCode(204);
    tokens.given().contentType(ContentType.JSON).post("/api/v1/auth/logout").then().statusCode(204);

    assertRefused(refreshed);
    TestAccount.refresh(otherDevice.refresh()).then().statusCode(200);
    assertThat(loggedOut(account)).isEmpty();
  }

  @Test
  void publishesTheSessionThatEnds() {
    TestAccount account = TestAccount.register();
    Tokens withSession = account.login("tablet");
    Tokens without = account.login();

    withSession.given("{}").post("/api/v1/auth/logout").then().statusCode(204);
    without
        .given(Map.of("session_id", "named-session"))
        .post("/api/v1/auth/logout")
        .then()
        .statusCode(204);

    assertThat(loggedOut(account))
        .hasSize(2)
        .anySatisfy(data -> assertThat(data).contains("\"session_id\":\"session-of-tablet\""))
        .anySatisfy(data -> assertThat(data).contains("\"session_id\":\"named-session\""));
    assertRefused(withSession);
  }

  @Test
  void endsTheFamilyOfANamedRefreshTokenUnlessItIsAnothers() {
    TestAccount account = TestAccount.register();
    Tokens caller = account.login();
    Tokens own = account.login();
    Tokens foreign = TestAccount.register().login();

    for (Tokens named : List.of(own, foreign)) {
      caller
          .given(Map.of("refresh_token", named.refresh()))
          .post("/api/v1/auth/logout")
          .then()
          .statusCode(204);
    }

    assertRefused(own);
    TestAccount.refresh(foreign.refresh()).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deactivate", "delete"})
  void endsEveryLogInOfAnAccountThatStops(String how) {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();

    if (how.equals("delete")) {
      tokens.given().delete("/api/v1/users/" + account.userId()).then().statusCode(204);
    } else {
      TestAccount.admin()
          .given()
          .post("/api/v1/users/" + account.userId() + "/deactivate")
          .then()
          .statusCode(200);
    }

    assertRefused(tokens);
    tokens.given().get("/api/v1/auth/me").then().statusCode(401);
    assertThat(loggedOut(account)).singleElement().asString().contains("\"session_id\":null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                             | 400",
        "{}                            | 400",
        "{\"refresh_token\": 7}        | 400",
        "{\"refresh_token\": \"\"}     | 400",
        "{\"refresh_token\": \"é\\u0000\"} | 401",
        "{\"refresh_token\": \"never-given-out\"} | 401",
        "{\"refresh_token\": \"x\", \"more\": 1} | 400",
      })
  void refusesBadBodies(String body, int status) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/v1/auth/refresh")
        .then()
        .statusCode(status)
        .contentType("application/problem+json");
  }

  private static List<Response> concurrently(int uses, String token) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(uses)) {
      List<Future<Response>> running = new ArrayList<>();
      for (int i = 0; i < uses; i++) {
        running.add(threads.submit(() -> TestAccount.refresh(token)));
      }
      List<Response> answers = new ArrayList<>();
      for (Future<Response> answer : running) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private static void assertRefused(Tokens tokens) {
    TestAccount.refresh(tokens.refresh())
        .then()
        .statusCode(401)
        .body("code", equalTo("invalid-refresh-token"));
  }

  private List<String> loggedOut(TestAccount account) {
    return strings(
        "SELECT data AS v FROM outbox WHERE aggregate_id = $1 AND event_type = '%s'"
            .formatted(UserLoggedOut.TYPE),
        account.userId());
  }

  private List<String> strings(String sql, String value) {
    return StreamSupport.stream(
            pool.preparedQuery(sql)
                .execute(Tuple.of(value))
                .await()
                .atMost(Duration.ofSeconds(10))
                .spliterator(),
            false)
        .map((Row row) -> row.getString("v"))
        .toList();
  }
}
