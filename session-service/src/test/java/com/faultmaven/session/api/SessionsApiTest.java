package com.faultmaven.session.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import com.faultmaven.session.domain.Sessions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
class SessionsApiTest {
  private static final String PATH = "/api/v1/sessions";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Pool pool;
  @Inject Sessions sessions;

  private final String user = Ids.next();

  @Test
  void opensASession() {
    Response answer = as(user).body(Map.of("client_id", "desk")).post(PATH);

    answer
        .then()
        .statusCode(201)
        .body("user_id", equalTo(user))
        .body("client_id", equalTo("desk"))
        .body("resumed", equalTo(false))
        .body("ttl", equalTo(1800))
        .body("expires_in", equalTo(1800))
        .body("data_uploads", empty())
        .body("case_history", empty())
        .body("created_at", equalTo(answer.path("last_activity")))
        .header("Location", endsWith(PATH + "/" + answer.path("session_id")));
  }

  @Test
  void resumesTheClientsSession() {
    String id = open("desk");
    as(user).body(Map.of("case_id", "c1")).post(PATH + "/" + id + "/cases");

    as(user)
        .body(Map.of("client_id", "desk"))
        .post(PATH)
        .then()
        .statusCode(200)
        .body("resumed", equalTo(true))
        .body("session_id", equalTo(id))
        .body("case_history", contains("c1"));
  }

  @Test
  void keepsTheTtlOfAResumedSessionUnlessAskedForAnother() {
    String id =
        as(user).body(Map.of("client_id", "desk", "ttl", 600)).post(PATH).path("session_id");

    as(user).body(Map.of("client_id", "desk")).post(PATH).then().body("ttl", equalTo(600));
    as(user)
        .body(Map.of("client_id", "desk", "ttl", 900))
        .post(PATH)
        .then()
        .statusCode(200)
        .body("session_id", equalTo(id))
        .body("ttl", equalTo(900))
        .body("expires_in", equalTo(900));
  }

  @Test
  void givesEachClientAndEachUserTheirOwnSession() {
    String desk = open("desk");
    String phone = open("phone");
    String stranger =
        as(Ids.next()).body(Map.of("client_id", "desk")).post(PATH).path("session_id");

    assertThat(List.of(desk, phone, stranger)).doesNotHaveDuplicates();
  }

  @Test
  void givesRacingRequestsOfOneClientTheSameSession() {
    List<Uni<String>> racing =
        IntStream.range(0, 12)
            .mapToObj(
                i -> sessions.open(user, "desk", null).map(opened -> opened.session().sessionId()))
            .toList();

    List<String> ids = Uni.join().all(racing).andFailFast().await().atMost(PATIENCE);

    assertThat(ids).containsOnly(ids.getFirst());
    as(user).get(PATH).then().body("total", equalTo(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "Gerät № 7", "😀", "{x}*?[a]", "../..", "a b\\n", "%3A"})
  void takesAnyTextForAClient(String clientId) {
    String id = open(clientId);

    as(user)
        .body(Map.of("client_id", clientId))
        .post(PATH)
        .then()
        .statusCode(200)
        .body("session_id", equalTo(id))
        .body("client_id", equalTo(clientId));
  }

  @Test
  void readsAndExtendsASession() {
    String id = open("desk");

    as(user)
        .get(PATH + "/" + id)
        .then()
        .statusCode(200)
        .body("session_id", equalTo(id))
        .body("expires_in", equalTo(1800))
        .body("resumed", nullValue());
  }

  @Test
  void listsOwnSessions() {
    String desk = open("desk");
    String phone =
        as(user).body(Map.of("client_id", "phone", "ttl", 60)).post(PATH).path("session_id");

    as(user)
        .get(PATH)
        .then()
        .statusCode(200)
        .body("total", equalTo(2))
        .body("items.session_id", contains(desk, phone))
        .body("items[1].expires_in", lessThanOrEqualTo(60));
    as(user)
        .queryParam("limit", 1)
        .queryParam("offset", 1)
        .get(PATH)
        .then()
        .body("items.session_id", contains(phone))
        .body("limit", equalTo(1))
        .body("offset", equalTo(1));
    as(Ids.next()).queryParam("user_id", user).get(PATH).then().body("total", equalTo(0));
    admin().queryParam("user_id", user).get(PATH).then().body("total", equalTo(2));
  }

  @Test
  void changesTheTtl() {
    String id = open("desk");

    as(user)
        .body(Map.of("ttl", 7200))
        .patch(PATH + "/" + id)
        .then()
        .statusCode(200)
        .body("ttl", equalTo(7200))
        .body("expires_in", equalTo(7200));
    as(user).body(Map.of()).patch(PATH + "/" + id).then().body("ttl", equalTo(7200));
  }

  @Test
  void answersAHeartbeatWithTheSecondsLeft() {
    String id = open("desk");

    as(user)
        .post(PATH + "/" + id + "/heartbeat")
        .then()
        .statusCode(200)
        .body("session_id", equalTo(id))
        .body("expires_in", equalTo(1800));
  }

  @Test
  void appendsFilesAndCasesOnce() {
    String id = open("desk");

    as(user).body(Map.of("file_id", "f1")).post(PATH + "/" + id + "/uploads");
    as(user).body(Map.of("file_id", "f2")).post(PATH + "/" + id + "/uploads");
    as(user)
        .body(Map.of("file_id", "f1"))
        .post(PATH + "/" + id + "/uploads")
        .then()
        .statusCode(200)
        .body("data_uploads", contains("f1", "f2"));
    as(user)
        .body(Map.of("case_id", "c1"))
        .post(PATH + "/" + id + "/cases")
        .then()
        .statusCode(200)
        .body("case_history", contains("c1"))
        .body("data_uploads", contains("f1", "f2"));
  }

  @Test
  void losesNoneOfManyAppendsAtOnce() {
    String id = open("desk");

    IntStream.range(0, 40)
        .parallel()
        .forEach(
            i ->
                as(user)
                    .body(Map.of("file_id", "f" + i))
                    .post(PATH + "/" + id + "/uploads")
                    .then()
                    .statusCode(200));

    as(user).get(PATH + "/" + id).then().body("data_uploads", hasSize(40));
  }

  @Test
  void refusesMoreThanASessionRemembers() {
    String id = open("desk");
    Uni<?> full =
        Uni.join()
            .all(
                IntStream.range(0, 1000)
                    .mapToObj(
                        i ->
                            sessions.addCase(
                                new com.faultmaven.session.domain.Requester(user, false),
                                id,
                                "c" + i))
                    .toList())
            .usingConcurrencyOf(1)
            .andFailFast();
    full.await().atMost(PATIENCE);

    as(user)
        .body(Map.of("case_id", "one more"))
        .post(PATH + "/" + id + "/cases")
        .then()
        .statusCode(409)
        .body("code", equalTo("session-full"));
    as(user).body(Map.of("case_id", "c7")).post(PATH + "/" + id + "/cases").then().statusCode(200);
  }

  @Test
  void endsASessionAtOnceAndArchivesIt() {
    String id = open("desk");
    as(user).body(Map.of("file_id", "f1")).post(PATH + "/" + id + "/uploads");

    as(user).delete(PATH + "/" + id).then().statusCode(204);

    as(user).get(PATH + "/" + id).then().statusCode(404).body("code", equalTo("not-found"));
    as(user).get(PATH).then().body("total", equalTo(0));
    as(user)
        .get(PATH + "/archive")
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].session_id", equalTo(id))
        .body("items[0].data_uploads", contains("f1"))
        .body("items[0].end_reason", equalTo("logout"))
        .body("items[0].ended_at", notNullValue())
        .body("next_cursor", nullValue());
    as(user)
        .body(Map.of("client_id", "desk"))
        .post(PATH)
        .then()
        .statusCode(201)
        .body("resumed", equalTo(false));
  }

  @Test
  void announcesTheEndOnce() {
    String id = open("desk");

    as(user).delete(PATH + "/" + id).then().statusCode(204);
    as(user).delete(PATH + "/" + id).then().statusCode(204);

    assertThat(announcements(id)).isEqualTo(1);
    as(Ids.next()).delete(PATH + "/" + id).then().statusCode(404);
    admin().delete(PATH + "/" + id).then().statusCode(204);
  }

  @Test
  void leavesTheNewerSessionOfAClientAlone() {
    String older = open("desk");
    as(user).delete(PATH + "/" + older);
    String newer = open("desk");

    as(user).delete(PATH + "/" + older).then().statusCode(204);

    as(user)
        .body(Map.of("client_id", "desk"))
        .post(PATH)
        .then()
        .statusCode(200)
        .body("session_id", equalTo(newer));
  }

  @Test
  void pagesThroughTheArchive() {
    List<String> ended = IntStream.range(0, 5).mapToObj(i -> open("client " + i)).toList();
    ended.forEach(id -> as(user).delete(PATH + "/" + id).then().statusCode(204));

    Response first = as(user).queryParam("limit", 3).get(PATH + "/archive");
    Response second =
        as(user)
            .queryParam("limit", 3)
            .queryParam("cursor", first.<String>path("next_cursor"))
            .get(PATH + "/archive");

    first.then().body("items", hasSize(3));
    second.then().body("items", hasSize(2)).body("next_cursor", nullValue());
    List<String> seen = new java.util.ArrayList<>(first.<List<String>>path("items.session_id"));
    seen.addAll(second.path("items.session_id"));
    assertThat(seen).containsExactlyElementsOf(ended.reversed());
    as(Ids.next()).get(PATH + "/archive").then().body("items", empty());
    admin().queryParam("user_id", user).get(PATH + "/archive").then().body("items", hasSize(5));
  }

  @Test
  void endsTheSessionThatWouldExpireFirstWhenThereAreTooMany() {
    String brief =
        as(user).body(Map.of("client_id", "brief", "ttl", 60)).post(PATH).path("session_id");
    Uni.join()
        .all(
            IntStream.range(0, 100)
                .mapToObj(i -> sessions.open(user, "client " + i, null))
                .toList())
        .usingConcurrencyOf(1)
        .andFailFast()
        .await()
        .atMost(PATIENCE);

    as(user).get(PATH).then().body("total", equalTo(100));
    as(user).get(PATH + "/" + brief).then().statusCode(404);
    as(user)
        .get(PATH + "/archive")
        .then()
        .body("items.session_id", contains(brief))
        .body("items[0].end_reason", equalTo("displaced"));
  }

  @Test
  void hidesSessionsFromStrangersAndAnalysts() {
    String id = open("desk");
    for (String role : List.of(Roles.USER, Roles.ANALYST)) {
      RequestSpecification[] requests = new RequestSpecification[6];
      java.util.Arrays.setAll(requests, i -> as(Ids.next(), role));
      requests[0].get(PATH + "/" + id).then().statusCode(404);
      requests[1].body(Map.of("ttl", 60)).patch(PATH + "/" + id).then().statusCode(404);
      requests[2].post(PATH + "/" + id + "/heartbeat").then().statusCode(404);
      requests[3]
          .body(Map.of("file_id", "f"))
          .post(PATH + "/" + id + "/uploads")
          .then()
          .statusCode(404);
      requests[4]
          .body(Map.of("case_id", "c"))
          .post(PATH + "/" + id + "/cases")
          .then()
          .statusCode(404);
      requests[5].delete(PATH + "/" + id).then().statusCode(404);
    }
    as(user)
        .get(PATH + "/" + id)
        .then()
        .statusCode(200)
        .body("ttl", equalTo(1800))
        .body("data_uploads", empty());
  }

  @Test
  void letsAnAdminDoEverything() {
    String id = open("desk");

    admin()
        .get(PATH + "/" + id)
        .then()
        .statusCode(200)
        .body("user_id", equalTo(user))
        .body("expires_in", greaterThan(1700));
    admin().body(Map.of("ttl", 60)).patch(PATH + "/" + id).then().statusCode(200);
    admin().post(PATH + "/" + id + "/heartbeat").then().body("expires_in", equalTo(60));
    admin().delete(PATH + "/" + id).then().statusCode(204);
    as(user).get(PATH + "/" + id).then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/v1/sessions",
    "POST,/api/v1/sessions",
    "GET,/api/v1/sessions/archive",
    "GET,/api/v1/sessions/x",
    "PATCH,/api/v1/sessions/x",
    "DELETE,/api/v1/sessions/x",
    "POST,/api/v1/sessions/x/heartbeat",
    "POST,/api/v1/sessions/x/uploads",
    "POST,/api/v1/sessions/x/cases"
  })
  void asksForAToken(String method, String path) {
    for (String token :
        List.of(
            TestTokens.expired(user),
            TestTokens.wrongAudience(user),
            TestTokens.wrongIssuer(user),
            TestTokens.forged(user),
            "nonsense")) {
      given()
          .auth()
          .oauth2(token)
          .contentType(ContentType.JSON)
          .request(method, path)
          .then()
          .statusCode(401);
    }
    given()
        .contentType(ContentType.JSON)
        .request(method, path)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", equalTo("unauthorized"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"client_id\": null}",
        "{\"client_id\": 7}",
        "{\"client_id\": \"\"}",
        "{\"client_id\": \"  \"}",
        "{\"client_id\": \"a\\u0000b\"}",
        "{\"client_id\": \"\\ud800\"}",
        "{\"client_id\": \"desk\", \"ttl\": 59}",
        "{\"client_id\": \"desk\", \"ttl\": 86401}",
        "{\"client_id\": \"desk\", \"ttl\": -1}",
        "{\"client_id\": \"desk\", \"ttl\": 9223372036854775807}",
        "{\"client_id\": \"desk\", \"ttl\": 99999999999999999999}",
        "{\"client_id\": \"desk\", \"ttl\": \"1800\"}",
        "{\"client_id\": \"desk\", \"ttl\": 60.5}",
        "{\"client_id\": \"desk\", \"colour\": \"red\"}"
      })
  void refusesWhatIsNoRequestForASession(String body) {
    as(user)
        .body(body)
        .post(PATH)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", notNullValue());
    as(user).get(PATH).then().body("total", equalTo(0));
  }

  @Test
  void saysWhichFieldIsWrong() {
    as(user)
        .body(Map.of("client_id", "x".repeat(201)))
        .post(PATH)
        .then()
        .statusCode(400)
        .body("code", equalTo("validation-failed"))
        .body("errors[0].field", equalTo("client_id"))
        .body("errors[0].message", containsString("200"));
  }

  @Test
  void refusesWrongPages() {
    as(user).queryParam("limit", 0).get(PATH).then().statusCode(400);
    as(user).queryParam("limit", 201).get(PATH).then().statusCode(400);
    as(user).queryParam("offset", -1).get(PATH).then().statusCode(400);
    as(user).queryParam("cursor", "nonsense").get(PATH + "/archive").then().statusCode(400);
  }

  @Test
  void knowsNoSessionThatNeverWas() {
    for (String id : List.of(Ids.next(), "x", "%3A", "😀")) {
      as(user).get(PATH + "/{id}", id).then().statusCode(404);
      as(user).delete(PATH + "/{id}", id).then().statusCode(404);
    }
  }

  private String open(String clientId) {
    Response answer = as(user).body(Map.of("client_id", clientId)).post(PATH);
    answer.then().statusCode(201);
    return answer.path("session_id");
  }

  private static RequestSpecification as(String userId, String... roles) {
    return given().auth().oauth2(TestTokens.bearer(userId, roles)).contentType(ContentType.JSON);
  }

  private static RequestSpecification admin() {
    return as("an-admin", Roles.ADMIN);
  }

  private long announcements(String sessionId) {
    return pool.preparedQuery("SELECT count(*) FROM outbox WHERE aggregate_id = $1")
        .execute(Tuple.of(sessionId))
        .await()
        .atMost(PATIENCE)
        .iterator()
        .next()
        .getLong(0);
  }
}
