package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.become;
import static com.faultmaven.cases.api.CaseCalls.open;
import static com.faultmaven.cases.api.CaseCalls.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
class CasesApiTest {
  private final String user = Ids.next();

  @Test
  void opensACaseWithMessageAndEvidence() {
    String caseId =
        as(user)
            .body(
                """
                {
                  "title": "Timeouts in checkout",
                  "description": "Since nine",
                  "tags": ["database", "checkout"],
                  "consulting_data": {"asked": ["dba"]},
                  "first_message": {"content": "Everything times out"},
                  "evidence": [
                    {"content": "first", "source_type": "log_file"},
                    {"content": "second", "source_type": "metrics_data", "form": "document"}
                  ]
                }
                """)
            .post("/api/v1/cases")
            .then()
            .statusCode(201)
            .header("ETag", "\"1\"")
            .body("status", equalTo("consulting"))
            .body("user_id", equalTo(user))
            .body("closure_reason", nullValue())
            .extract()
            .path("case_id");

    read(user, caseId)
        .header("ETag", "\"1\"")
        .body("title", equalTo("Timeouts in checkout"))
        .body("tags", contains("checkout", "database"))
        .body("consulting_data.asked", contains("dba"))
        .body("messages.content", contains("Everything times out"))
        .body("messages[0].message_type", equalTo("user_query"))
        .body("messages[0].role", equalTo("user"))
        .body("evidence.content", contains("second", "first"))
        .body("evidence.form", contains("document", "user_input"))
        .body("hypotheses", empty())
        .body("uploaded_files", empty())
        .body("created_at", endsWith("Z"));
  }

  @Test
  void answersTheSameWhetherOpenedOrRead() {
    JsonPath opened =
        as(user)
            .body(
                """
                {"title": "t", "tags": ["a"], "first_message": {"content": "m"},
                 "evidence": [{"content": "e", "source_type": "other"}]}
                """)
            .post("/api/v1/cases")
            .jsonPath();
    JsonPath loaded = read(user, opened.getString("case_id")).extract().jsonPath();

    assertThat(loaded.getMap("")).isEqualTo(opened.getMap(""));
  }

  @Test
  void tellsWhereTheNewCaseIs() {
    String location =
        as(user)
            .body(Map.of("title", "t"))
            .post("/api/v1/cases")
            .then()
            .statusCode(201)
            .extract()
            .header("Location");

    as(user).get(location).then().statusCode(200).body("title", equalTo("t"));
  }

  @Test
  void answersARepeatedRequestByItsFirstAnswer() {
    String key = Ids.next();
    Map<String, Object> body = Map.of("title", "Once", "tags", List.of("x"));
    JsonPath first =
        as(user).header("Idempotency-Key", key).body(body).post("/api/v1/cases").jsonPath();
    JsonPath second =
        as(user)
            .header("Idempotency-Key", key)
            .body(body)
            .post("/api/v1/cases")
            .then()
            .statusCode(201)
            .header("Idempotency-Replayed", "true")
            .header("ETag", "\"1\"")
            .extract()
            .jsonPath();

    assertThat(second.getMap("")).isEqualTo(first.getMap(""));
    as(user).get("/api/v1/cases").then().body("items", hasSize(1));
    as(user)
        .header("Idempotency-Key", key)
        .body(Map.of("title", "Other"))
        .post("/api/v1/cases")
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency-key-reused"));
  }

  @Test
  void listsNewestFirstPageByPage() {
    List<String> opened = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      opened.add(open(user));
    }
    List<String> seen = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      JsonPath page =
          as(user)
              .queryParam("limit", 2)
              .queryParam("cursor", cursor == null ? "" : cursor)
              .get("/api/v1/cases")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      seen.addAll(page.getList("items.case_id", String.class));
      cursor = page.getString("next_cursor");
    } while (cursor != null);

    assertThat(seen).isEqualTo(opened.reversed());
  }

  @Test
  void listsOldestFirstPageByPage() {
    List<String> opened = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      opened.add(open(user));
    }
    as(user)
        .body(Map.of("title", "changed"))
        .patch("/api/v1/cases/{id}", opened.getFirst())
        .then()
        .statusCode(200);

    JsonPath first = page("asc", "").extract().jsonPath();
    assertThat(first.getList("items.case_id")).isEqualTo(opened.subList(0, 2));
    String cursor = first.getString("next_cursor");
    page("asc", cursor).body("items.case_id", contains(opened.get(2)));
    // A cursor is a place: from there one may go back as well.
    page("desc", cursor).body("items.case_id", contains(opened.get(0)));
    as(user)
        .queryParam("order", "asc")
        .queryParam("sort", "updated_at")
        .get("/api/v1/cases")
        .then()
        .body("items.case_id", contains(opened.get(1), opened.get(2), opened.get(0)));
  }

  private ValidatableResponse page(String order, String cursor) {
    return as(user)
        .queryParam("limit", 2)
        .queryParam("order", order)
        .queryParam("cursor", cursor)
        .get("/api/v1/cases")
        .then()
        .statusCode(200);
  }

  @Test
  void listsByStatusTagAndTime() {
    String investigated = open(user, Map.of("title", "a", "tags", List.of("db")));
    become(user, investigated, "investigating").then().statusCode(200);
    String waiting = open(user, Map.of("title", "b", "tags", List.of("web")));

    list("status", "investigating").body("items.case_id", contains(investigated));
    list("status", "investigating,consulting").body("items", hasSize(2));
    list("tag", "web").body("items.case_id", contains(waiting));
    list("since", "2100-01-01T00:00:00Z").body("items", empty());
    list("since", "2020-01-01T00:00:00+02:00").body("items", hasSize(2));
  }

  @Test
  void listsByTheTimeOfTheLastChange() {
    String older = open(user);
    String newer = open(user);
    as(user)
        .body(Map.of("title", "changed"))
        .patch("/api/v1/cases/{id}", older)
        .then()
        .statusCode(200);

    list("sort", "updated_at").body("items.case_id", contains(older, newer));
    list("sort", "created_at").body("items.case_id", contains(newer, older));
  }

  private ValidatableResponse list(String name, String value) {
    return as(user).queryParam(name, value).get("/api/v1/cases").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=open",
        "since=yesterday",
        "sort=title",
        "order=up",
        "limit=0",
        "limit=201",
        "limit=many",
        "cursor=%21%21",
        "tag=%20"
      })
  void refusesBadListParameters(String query) {
    as(user)
        .urlEncodingEnabled(false)
        .get("/api/v1/cases?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("validation-failed"))
        .body("errors[0].field", equalTo(query.substring(0, query.indexOf('='))));
  }

  @Test
  void findsWordsWithHighlights() {
    String found =
        open(
            user,
            Map.of(
                "title",
                "Payments fail",
                "description",
                "The zeppelin service refuses every connection"));
    open(user, Map.of("title", "Something else"));

    as(user)
        .queryParam("q", "zeppelin")
        .get("/api/v1/cases/search")
        .then()
        .statusCode(200)
        .body("total", equalTo(1))
        .body("items[0].case.case_id", equalTo(found))
        .body("items[0].score", notNullValue())
        .body("items[0].highlights[0]", containsString("zeppelin"));
    as(Ids.next())
        .queryParam("q", "zeppelin")
        .get("/api/v1/cases/search")
        .then()
        .body("total", equalTo(0));
    as(user).get("/api/v1/cases/search").then().statusCode(400);
  }

  @Test
  void answersTheWantedFieldsAlone() {
    String caseId = open(user);

    Map<String, Object> answer =
        as(user)
            .queryParam("fields", "title, status,messages")
            .get("/api/v1/cases/{id}", caseId)
            .then()
            .statusCode(200)
            .header("ETag", "\"1\"")
            .extract()
            .jsonPath()
            .getMap("");
    assertThat(answer).containsOnlyKeys("title", "status", "messages");
    as(user)
        .queryParam("fields", "title,secret")
        .get("/api/v1/cases/{id}", caseId)
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("fields"));
  }

  @Test
  void patchesWhatIsSentAndClearsWhatIsNull() {
    String caseId =
        open(
            user,
            Map.of(
                "title",
                "old",
                "description",
                "stays",
                "consulting_data",
                Map.of("a", 1, "b", Map.of("c", 2, "d", 3))));

    as(user)
        .contentType("application/merge-patch+json")
        .body(
            """
            {"title": "new", "current_phase": "triage",
             "consulting_data": {"a": null, "b": {"c": 4}},
             "turn_progress": {"turns": {"1": {"outcome": "progress"}}}}
            """)
        .patch("/api/v1/cases/{id}", caseId)
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("title", equalTo("new"));
    read(user, caseId)
        .body("description", equalTo("stays"))
        .body("current_phase", equalTo("triage"))
        .body("consulting_data", equalTo(Map.of("b", Map.of("c", 4, "d", 3))))
        .body("turn_progress.turns.1.outcome", equalTo("progress"));

    as(user)
        .body("{\"description\": null, \"consulting_data\": null}")
        .patch("/api/v1/cases/{id}", caseId)
        .then()
        .statusCode(200)
        .body("description", nullValue())
        .body("consulting_data", nullValue())
        .body("title", equalTo("new"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"title\": null}",
        "{\"title\": \" \"}",
        "{\"status\": \"closed\"}",
        "{\"title\": 7}",
        "{\"archived\": true}",
        "{\"archived\": null}",
        "{\"turn_progress\": \"text\"}",
        "{\"turn_progress\": [1, 2]}",
        "{\"conversation_history\": []}",
        "{\"conversation_history\": null}",
        "[]",
        "\"text\"",
        "null",
        ""
      })
  void refusesBadPatches(String body) {
    String caseId = open(user);
    as(user)
        .body(body)
        .patch("/api/v1/cases/{id}", caseId)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
    read(user, caseId).header("ETag", "\"1\"");
  }

  @Test
  void guardsChangesByTheETag() {
    String caseId = open(user);
    patch(caseId, "\"1\"").then().statusCode(200).header("ETag", "\"2\"");

    patch(caseId, "\"1\"")
        .then()
        .statusCode(412)
        .header("ETag", "\"2\"")
        .body("code", equalTo("version-conflict"));
    patch(caseId, "W/\"2\"").then().statusCode(412);
    patch(caseId, "nonsense").then().statusCode(412);
    patch(caseId, "*").then().statusCode(200).header("ETag", "\"3\"");
    as(user)
        .header("If-Match", "\"1\"")
        .body(Map.of("to_status", "investigating", "reason", "r"))
        .post("/api/v1/cases/{id}/status", caseId)
        .then()
        .statusCode(412);
  }

  private Response patch(String caseId, String etag) {
    return as(user)
        .header("If-Match", etag)
        .body(Map.of("description", "d"))
        .patch("/api/v1/cases/{id}", caseId);
  }

  @Test
  void deletesACaseWithEverythingInIt() {
    String caseId = open(user);
    CaseCalls.addEvidence(user, caseId, "e");
    become(user, caseId, "investigating").then().statusCode(200);

    as(user).delete("/api/v1/cases/{id}", caseId).then().statusCode(204);
    as(user).get("/api/v1/cases/{id}", caseId).then().statusCode(404);
    as(user).delete("/api/v1/cases/{id}", caseId).then().statusCode(404);
  }

  @Test
  void exportsOneDocument() {
    String caseId = open(user, Map.of("title", "Exported"));
    CaseCalls.addEvidence(user, caseId, "e");

    as(user)
        .get("/api/v1/cases/{id}/export", caseId)
        .then()
        .statusCode(200)
        .header("Content-Disposition", containsString("case-" + caseId + ".json"))
        .body("format", equalTo("faultmaven.case"))
        .body("exported_by", equalTo(user))
        .body("case.title", equalTo("Exported"))
        .body("case.evidence", hasSize(1));
  }
}
