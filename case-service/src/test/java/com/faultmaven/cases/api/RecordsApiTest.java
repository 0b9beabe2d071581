package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.add;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.open;
import static com.faultmaven.cases.api.CaseCalls.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages, tags and tool calls. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class RecordsApiTest {
  private final String user = Ids.next();

  @ParameterizedTest
  @ValueSource(strings = {"asc", "desc"})
  void readsTheThreadInEitherOrder(String order) {
    String caseId = open(user);
    List<String> said = IntStream.range(0, 5).mapToObj(i -> "message " + i).toList();
    add(user, caseId, "messages", said.stream().map(text -> Map.of("content", text)).toList())
        .then()
        .statusCode(201)
        .body("items.content", equalTo(said));

    List<String> seen = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      JsonPath page =
          as(user)
              .queryParam("limit", 2)
              .queryParam("order", order)
              .queryParam("cursor", cursor == null ? "" : cursor)
              .get("/api/v1/cases/{id}/messages", caseId)
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      seen.addAll(page.getList("items.content", String.class));
      cursor = page.getString("next_cursor");
    } while (cursor != null);
    assertThat(seen).isEqualTo(order.equals("asc") ? said : said.reversed());
  }

  @Test
  void keepsWhatAMessageIs() {
    String caseId = open(user);
    add(
            user,
            caseId,
            "messages",
            """
            {"message_type": "agent_response", "role": "assistant", "content": "Grüße 🚀",
             "metadata": {"turn": 3}}
            """)
        .then()
        .statusCode(201)
        .body("message_type", equalTo("agent_response"))
        .body("role", equalTo("assistant"))
        .body("content", equalTo("Grüße 🚀"))
        .body("metadata.turn", equalTo(3));
    messages(caseId, "type", "agent_response").body("items.content", contains("Grüße 🚀"));
    messages(caseId, "type", "user_query").body("items", empty());
    as(user)
        .queryParam("order", "random")
        .get("/api/v1/cases/{id}/messages", caseId)
        .then()
        .statusCode(400);
  }

  private ValidatableResponse messages(String caseId, String name, String value) {
    return as(user)
        .queryParam(name, value)
        .get("/api/v1/cases/{id}/messages", caseId)
        .then()
        .statusCode(200);
  }

  @Test
  void setsAddsAndRemovesTags() {
    String caseId = open(user);
    as(user)
        .body(Map.of("tags", List.of("b", "a")))
        .put("/api/v1/cases/{id}/tags", caseId)
        .then()
        .statusCode(200)
        .body("tags", contains("a", "b"));
    add(user, caseId, "tags", Map.of("tags", List.of("c", "a")))
        .then()
        .statusCode(200)
        .body("tags", contains("a", "b", "c"));
    as(user).delete("/api/v1/cases/{id}/tags/{tag}", caseId, "b").then().statusCode(204);
    as(user).delete("/api/v1/cases/{id}/tags/{tag}", caseId, "b").then().statusCode(404);
    as(user)
        .get("/api/v1/cases/{id}/tags", caseId)
        .then()
        .statusCode(200)
        .body("tags", contains("a", "c"));
    as(user).delete("/api/v1/cases/{id}/tags", caseId).then().statusCode(204);
    as(user).get("/api/v1/cases/{id}/tags", caseId).then().body("tags", empty());
  }

  @Test
  void keepsAtMostFiftyTags() {
    String caseId = open(user);
    List<String> fifty = IntStream.range(0, 50).mapToObj(i -> "tag-" + i).toList();
    add(user, caseId, "tags", Map.of("tags", fifty)).then().statusCode(200);

    add(user, caseId, "tags", Map.of("tags", List.of("one-more")))
        .then()
        .statusCode(409)
        .body("code", equalTo("too-many-tags"));
    read(user, caseId).body("tags", hasSize(50));
  }

  @Test
  void countsTagsOfOwnCases() {
    open(user, Map.of("title", "t", "tags", List.of("db", "web")));
    open(user, Map.of("title", "t", "tags", List.of("db")));

    as(user)
        .get("/api/v1/tags")
        .then()
        .statusCode(200)
        .body("items.tag", contains("db", "web"))
        .body("items.cases", contains(2, 1));
    as(Ids.next()).get("/api/v1/tags").then().body("items", empty());
  }

  @Test
  void finishesAToolCallOnce() {
    String caseId = open(user);
    String callId =
        add(
                user,
                caseId,
                "tool-calls",
                Map.of("tool_name", "search_logs", "input_params", Map.of("query", "timeout")))
            .then()
            .statusCode(201)
            .body("status", equalTo("pending"))
            .body("completed_at", nullValue())
            .extract()
            .path("call_id");

    finish(caseId, callId, "{\"status\": \"pending\"}").then().statusCode(409);
    finish(caseId, callId, "{\"status\": \"success\", \"error_message\": \"e\"}")
        .then()
        .statusCode(400);
    finish(caseId, callId, "{\"status\": \"success\", \"output_result\": {\"matches\": 2}}")
        .then()
        .statusCode(200)
        .body("status", equalTo("success"))
        .body("output_result.matches", equalTo(2))
        .body("completed_at", notNullValue());
    finish(caseId, callId, "{\"status\": \"failed\", \"error_message\": \"e\"}")
        .then()
        .statusCode(409)
        .body("code", equalTo("invalid-status-transition"));
    finish(caseId, Ids.next(), "{\"status\": \"success\"}").then().statusCode(404);
  }

  @Test
  void listsToolCallsByToolAndStatus() {
    String caseId = open(user);
    for (String body :
        List.of(
            "{\"tool_name\": \"a\", \"input_params\": {}}",
            "{\"tool_name\": \"b\", \"input_params\": {}, \"status\": \"failed\","
                + " \"error_message\": \"e\"}")) {
      add(user, caseId, "tool-calls", body).then().statusCode(201);
    }

    calls(caseId, "tool_name", "a").body("items.tool_name", contains("a"));
    calls(caseId, "status", "failed").body("items.error_message", contains("e"));
    String cursor = calls(caseId, "limit", "1").extract().path("next_cursor");
    calls(caseId, "cursor", cursor).body("items.tool_name", contains("a"));
  }

  private ValidatableResponse calls(String caseId, String name, String value) {
    return as(user)
        .queryParam(name, value)
        .get("/api/v1/cases/{id}/tool-calls", caseId)
        .then()
        .statusCode(200);
  }

  private Response finish(String caseId, String callId, String body) {
    return as(user).body(body).patch("/api/v1/cases/{id}/tool-calls/{c}", caseId, callId);
  }
}
