package com.faultmaven.common.web;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
class ProblemAnswersTest {
  private static final String NOTES = "/api/v1/notes";

  private final String user = Ids.next();

  private RequestSpecification caller() {
    return given().auth().oauth2(TestTokens.bearer(user)).contentType("application/json");
  }

  private static ValidatableResponse problem(ValidatableResponse answer, int status, String code) {
    return answer
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("code", equalTo(code))
        .body("type", equalTo("urn:faultmaven:problem:" + code))
        .body("title", notNullValue())
        .body("detail", notNullValue())
        .body("instance", notNullValue())
        .body("trace_id", matchesPattern("[0-9a-f]{32}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                | malformed-json    |",
        "[]                                               | validation-failed | body",
        "{}                                               | validation-failed | note_title",
        "{\"note_title\": null}                           | validation-failed | note_title",
        "{\"note_title\": \"  \"}                         | validation-failed | note_title",
        "{\"note_title\": 7}                              | validation-failed | note_title",
        "{\"note_title\": \"123456789012345678901\"}      | validation-failed | note_title",
        "{\"note_title\": \"a\", \"nope\": 1}             | validation-failed | nope",
        "{\"note_title\": \"a\", \"stars\": \"7\"}        | validation-failed | stars",
        "{\"note_title\": \"a\", \"stars\": 1.5}          | validation-failed | stars",
        "{\"note_title\": \"a\", \"kind\": \"MEDIUM\"}    | validation-failed | kind",
        "{\"note_title\": \"a\", \"kind\": 1}             | validation-failed | kind",
        "{\"note_title\": \"a\", \"note_title\": \"b\"} | malformed-json    |",
        "{\"note_title\": \"a\", \"at\": \"yesterday\"}   | validation-failed | at",
        "{\"note_title\": \"a\", \"tags\": [\"abcd\"]}    | validation-failed | tags.0",
        "{\"note_title\": \"a\"} {}                       | validation-failed | body",
        "null                                             | validation-failed |"
      })
  void saysWhatIsWrongWithABody(String body, String code, String field) {
    ValidatableResponse answer = problem(caller().body(body).post(NOTES).then(), 400, code);
    if (field != null) {
      answer.body("errors.field", hasItem(field));
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void refusesTextThatPostgresCannotHold() {
    problem(
        caller().body("{\"note_title\": \"a\\u0000b\"}").post(NOTES).then(),
        400,
        "unstorable-text");
    assertThat(stored()).isEmpty();
  }

  @Test
  void refusesInvalidUtf8() {
    byte[] body = "{\"note_title\": \"caf\u00e9\"}".getBytes(ISO_8859_1);
    problem(caller().body(body).post(NOTES).then(), 400, "malformed-json");
    assertThat(stored()).isEmpty();
  }

  @Test
  void refusesAnotherContentType() {
    problem(
        given()
            .auth()
            .oauth2(TestTokens.bearer(user))
            .contentType("text/plain")
            .body("hello")
            .post(NOTES)
            .then(),
        415,
        "unsupported-media-type");
  }

  static Stream<String> badTokens() {
    String user = Ids.next();
    return Stream.of(
        "not-a-token",
        TestTokens.expired(user),
        TestTokens.wrongAudience(user),
        TestTokens.wrongIssuer(user),
        TestTokens.forged(user),
        TestTokens.bearer(user) + "x");
  }

  @ParameterizedTest
  @MethodSource("badTokens")
  void refusesABadToken(String token) {
    problem(given().auth().oauth2(token).get(NOTES).then(), 401, "unauthorized")
        .header("WWW-Authenticate", containsString("Bearer"));
  }

  @Test
  void asksForATokenWhenThereIsNone() {
    problem(given().get(NOTES).then(), 401, "unauthorized");
  }

  @Test
  void refusesARole() {
    problem(caller().get(NOTES + "/secret").then(), 403, "forbidden");
    given()
        .auth()
        .oauth2(TestTokens.bearer(user, Roles.ADMIN))
        .get(NOTES + "/secret")
        .then()
        .statusCode(200);
  }

  @Test
  void hidesTheCauseOfItsOwnFailure() {
    problem(given().get(NOTES + "/broken").then(), 500, "internal-error")
        .body("detail", org.hamcrest.Matchers.not(containsString("hunter2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=201", "offset=-1"})
  void refusesAPageOutOfRange(String query) {
    problem(caller().get(NOTES + "?" + query).then(), 400, "validation-failed");
  }

  @Test
  void answersUnknownPathsAndMethods() {
    problem(caller().get("/api/v1/nothing").then(), 404, "not-found");
    problem(caller().put(NOTES).then(), 405, "method-not-allowed");
    problem(caller().get(NOTES + "?limit=many").then(), 404, "not-found");
  }

  @Test
  void givesTheFirstAnswerAgain() {
    String body = "{\"note_title\": \"once\"}";
    String first = create(body, "key-1").statusCode(201).extract().asString();

    create(body, "key-1")
        .statusCode(201)
        .header("Idempotency-Replayed", "true")
        .body(equalTo(first));
    problem(create("{\"note_title\": \"other\"}", "key-1"), 422, "idempotency-key-reused");
    assertThat(stored()).containsExactly("once");
  }

  @Test
  void keepsTheKeysOfDifferentCallersApart() {
    create("{\"note_title\": \"mine\"}", "shared").statusCode(201);

    given()
        .auth()
        .oauth2(TestTokens.bearer(Ids.next()))
        .contentType("application/json")
        .header("Idempotency-Key", "shared")
        .body("{\"note_title\": \"yours\"}")
        .post(NOTES)
        .then()
        .statusCode(201)
        .body("note_title", equalTo("yours"));
  }

  @Test
  void createsOnceWhenTheSameRequestComesManyTimesAtOnce() throws Exception {
    Callable<String> request =
        () -> create("{\"note_title\": \"race\"}", "key-2").statusCode(201).extract().path("id");
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<String>> answers = threads.invokeAll(java.util.Collections.nCopies(16, request));
      String id = answers.getFirst().get();
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo(id);
      }
    }
    assertThat(stored()).containsExactly("race");
  }

  @Test
  void forgetsAKeyWhoseRequestFailed() {
    problem(create("{\"note_title\": \"a\\u0000\"}", "key-3"), 400, "unstorable-text");
    create("{\"note_title\": \"sound\"}", "key-3").statusCode(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "\u00e9"})
  void refusesAKeyOutsidePrintableAscii(String key) {
    problem(create("{\"note_title\": \"a\"}", key), 400, "validation-failed");
    assertThat(stored()).isEmpty();
  }

  private ValidatableResponse create(String body, String key) {
    return caller().header("Idempotency-Key", key).body(body).post(NOTES).then();
  }

  private List<String> stored() {
    return caller().get(NOTES).then().statusCode(200).extract().path("items");
  }
}
