package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.add;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.open;
import static com.faultmaven.cases.api.CaseCalls.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
class BadInputTest {
  private final String user = Ids.next();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; title",
        "{'title': null}; title",
        "{'title': ''}; title",
        "{'title': '   '}; title",
        "{'title': 7}; title",
        "{'title': ['t']}; title",
        "{'title': 't', 'owner': 'x'}; owner",
        "{'title': 't', 'case_id': 'x'}; case_id",
        "{'title': 't', 'tags': 'x'}; tags",
        "{'title': 't', 'tags': [7]}; tags.0",
        "{'title': 't', 'consulting_data': 'x'}; consulting_data",
        "{'title': 't', 'consulting_data': []}; consulting_data",
        "{'title': 't', 'consulting_data': {'urgency': 'soon'}}; consulting_data.urgency",
        "{'title': 't', 'consulting_data': {'already_tried': ['']}};"
            + " consulting_data.already_tried.0",
        "{'title': 't', 'consulting_data': {'x': 1e999999}}; consulting_data",
        "{'title': 't', 'conversation_history': []}; conversation_history",
        "{'title': 't', 'first_message': {}}; first_message.content",
        "{'title': 't', 'evidence': [{'content': 'c'}]}; evidence.0.source_type",
        "{'title': 't', 'evidence': [{'content': 'c', 'source_type': 'LOG_FILE'}]};"
            + " evidence.0.source_type",
        "{'title': 'a\\u0000b'}; title",
        "{'title': 'a\\ud800b'}; title",
        "{'title': 't', 'consulting_data': {'k': 'a\\u0000b'}}; consulting_data",
        "{'title': 't', 'consulting_data': {'a\\u0000b': 1}}; consulting_data"
      })
  void namesTheFieldThatIsWrong(String body, String field) {
    as(user)
        .body(body.replace('\'', '"'))
        .post("/api/v1/cases")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("validation-failed"))
        .body("status", equalTo(400))
        .body("instance", equalTo("/api/v1/cases"))
        .body("errors.field", hasItem(field));
    as(user).get("/api/v1/cases").then().body("items", empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"title\": \"t\"", "title", "{'a': 1}"})
  void refusesMalformedJson(String body) {
    as(user)
        .body(body)
        .post("/api/v1/cases")
        .then()
        .statusCode(400)
        .body("code", equalTo("malformed-json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "[", "\"text\"", "7", "{\"title\": \"t\"} {}"})
  void refusesBodiesThatAreNoObject(String body) {
    as(user)
        .body(body)
        .post("/api/v1/cases")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void refusesInvalidUtf8() {
    byte[] body = "{\"title\": \"caf\u00e9\"}".getBytes(ISO_8859_1);
    as(user)
        .body(body)
        .post("/api/v1/cases")
        .then()
        .statusCode(400)
        .body("code", equalTo("malformed-json"));
    as(user).get("/api/v1/cases").then().body("items", empty());
  }

  @ParameterizedTest
  @CsvSource({
    "title, 201",
    "description, 10001",
  })
  void refusesWhatIsTooLong(String field, int length) {
    Map<String, String> body =
        field.equals("title")
            ? Map.of("title", "x".repeat(length))
            : Map.of("title", "t", field, "x".repeat(length));
    as(user)
        .body(body)
        .post("/api/v1/cases")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem(field))
        .body("detail", not(containsString("xxx")));
    as(user).body(Map.of("title", "x".repeat(200))).post("/api/v1/cases").then().statusCode(201);
  }

  @Test
  void refusesLongContentAndLargeJson() {
    String caseId = open(user);
    add(user, caseId, "messages", Map.of("content", "x".repeat(100_001))).then().statusCode(400);
    as(user)
        .body(Map.of("turn_progress", Map.of("x", "y".repeat(262_144))))
        .patch("/api/v1/cases/{id}", caseId)
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("turn_progress"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "evidence; []; body",
        "evidence; {}; content",
        "evidence; [7]; 0",
        "evidence; [null]; body",
        "evidence; [{'content': 'c', 'source_type': 'other'}, {'content': 'c'}]; 1.source_type",
        "messages; {'content': 'c', 'role': 'robot'}; role",
        "messages; {'content': 'c', 'created_at': '2026-01-01T00:00:00Z'}; created_at",
        "hypotheses; {'description': 'd', 'evidence_links': [{'evidence_id': 'x'}]};"
            + " evidence_links.0.relationship",
        "hypotheses/evaluations; {'evidence_id': 'x', 'results': []}; results",
        "solutions; {'description': 'd', 'category': 'magic'}; category",
        "solutions; {'description': 'd', 'category': 'fix', 'steps': ['a', ' ']}; steps.1",
        "tool-calls; {'tool_name': 't'}; input_params",
        "tool-calls; {'tool_name': 't', 'input_params': null}; input_params",
        "tool-calls; {'tool_name': 't', 'input_params': {}, 'error_message': 'e'}; error_message",
        "tags; {'tags': ['']}; tags",
        "status; {'to_status': 'investigating'}; reason"
      })
  void namesTheFieldOfARowThatIsWrong(String rows, String body, String field) {
    String caseId = open(user);
    add(user, caseId, rows, body.replace('\'', '"'))
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors.field", hasItem(containsString(field)));
    read(user, caseId).header("ETag", "\"1\"").body("evidence", empty()).body("messages", empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages", "evidence"})
  void refusesMoreThanAThousandAtOnce(String rows) {
    String caseId = open(user);
    add(
            user,
            caseId,
            rows,
            Collections.nCopies(
                1_001,
                rows.equals("messages")
                    ? Map.of("content", "c")
                    : Map.of("content", "c", "source_type", "other")))
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("body"))
        .body("detail", containsString("from 1 to 1000"));
    read(user, caseId).body(rows, empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "%00", "../../etc/passwd", "%F0%9F%9A%80", "'; DROP TABLE"})
  void findsNoCaseUnderStrangeIds(String id) {
    int status =
        as(user)
            .urlEncodingEnabled(id.startsWith("'"))
            .get("/api/v1/cases/" + id)
            .then()
            .contentType("application/problem+json")
            .extract()
            .statusCode();
    assertThat(status).isIn(400, 404);
  }

  @Test
  void refusesBodiesAboveTheLimit() throws IOException, InterruptedException {
    // A client that asks first: the server refuses by the length alone and reads nothing.
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/api/v1/cases"))
            .header("Authorization", "Bearer " + TestTokens.bearer(user))
            .header("Content-Type", "application/json")
            .version(HttpClient.Version.HTTP_1_1)
            .expectContinue(true)
            .POST(HttpRequest.BodyPublishers.ofString("x".repeat(5 << 20)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.body()).contains("\"code\":\"body-too-large\"", "4194304 bytes");
    }
  }

  @Test
  void refusesOtherMediaTypesAndMethods() {
    as(user)
        .contentType(ContentType.TEXT)
        .body("title")
        .post("/api/v1/cases")
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
    as(user).put("/api/v1/cases").then().statusCode(405);
    as(user)
        .header("Idempotency-Key", "a b")
        .body(Map.of("title", "t"))
        .post("/api/v1/cases")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("Idempotency-Key"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%00b", "' OR 1=1 --", "((", "a & | !", "\"unclosed"})
  void searchesForStrangeWordsWithoutFailing(String words) {
    int status =
        as(user)
            .urlEncodingEnabled(!words.contains("%00"))
            .get("/api/v1/cases/search?q=" + words.replace("&", "%26"))
            .statusCode();
    assertThat(status).isIn(200, 400);
  }
}
