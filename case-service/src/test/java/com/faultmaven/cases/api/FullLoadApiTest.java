package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.add;
import static com.faultmaven.cases.api.CaseCalls.addEvidence;
import static com.faultmaven.cases.api.CaseCalls.addHypothesis;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parts of a case the full load answers. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class FullLoadApiTest {
  private static final List<String> COLLECTIONS =
      List.of(
          "evidence",
          "hypotheses",
          "solutions",
          "messages",
          "uploaded_files",
          "status_transitions",
          "tool_calls");

  private final String user = Ids.next();

  @Test
  void answersEverythingWhenNothingIsChosen() {
    String caseId = talkative(3);

    assertThat(load(caseId).getMap("")).containsKeys(COLLECTIONS.toArray(String[]::new));
    assertThat(load(caseId, "include", "").getMap("")).isEqualTo(load(caseId).getMap(""));
  }

  @Test
  void answersTheIncludedCollectionsAlone() {
    String caseId = talkative(3);
    addEvidence(user, caseId, "e");
    addHypothesis(user, caseId, "h");

    JsonPath loaded = load(caseId, "include", "evidence,hypotheses");
    assertThat(loaded.getMap(""))
        .containsKeys("case_id", "title", "tags", "evidence", "hypotheses")
        .doesNotContainKeys("messages", "solutions", "uploaded_files", "tool_calls")
        .containsEntry("conversation_history", null);
    assertThat(loaded.getList("evidence.content")).containsExactly("e");
    Map<String, Object> messages = load(caseId, "include", "messages").getMap("");
    assertThat(messages).containsKeys("messages").doesNotContainKey("evidence");
    assertThat(
            as(user)
                .queryParam("include", "evidence")
                .queryParam("include", "tool_calls")
                .get("/api/v1/cases/{id}", caseId)
                .jsonPath()
                .getMap(""))
        .containsKeys("evidence", "tool_calls")
        .doesNotContainKey("hypotheses");
  }

  @Test
  void answersTheNewestMessagesOldestFirst() {
    String caseId = talkative(30);

    assertThat(load(caseId, "messages", "last:5").getList("messages.content"))
        .containsExactly("m25", "m26", "m27", "m28", "m29");
    assertThat(load(caseId, "messages", "last:5").getMap("")).containsKeys("evidence");
    assertThat(load(caseId, "messages", "last:200").getList("messages")).hasSize(30);
    Map<String, Object> combined =
        load(caseId, "include", "evidence", "messages", "last:1").getMap("");
    assertThat(combined).containsKeys("evidence", "messages").doesNotContainKey("hypotheses");
    assertThat(
            load(caseId, "include", "messages", "messages", "last:2").getList("messages.content"))
        .containsExactly("m28", "m29");
  }

  @Test
  void showsTheEndOfTheConversation() {
    String caseId = talkative(23);

    JsonPath loaded = load(caseId, "messages", "last:1");
    List<Map<String, Object>> history = loaded.getList("conversation_history");
    assertThat(history).hasSize(20);
    assertThat(history.getFirst()).containsEntry("content", "m3");
    assertThat(history.getLast())
        .containsOnlyKeys("message_id", "role", "message_type", "content", "created_at")
        .containsEntry("message_id", loaded.getString("messages[0].message_id"))
        .containsEntry("role", "user")
        .containsEntry("message_type", "user_query")
        .containsEntry("content", "m22")
        .containsEntry("created_at", loaded.getString("messages[0].created_at"));
    assertThat(load(open(user)).getList("conversation_history")).isEmpty();
  }

  @Test
  void picksFieldsOfWhatIsIncluded() {
    String caseId = talkative(2);

    assertThat(load(caseId, "fields", "title,messages", "messages", "last:1").getMap(""))
        .containsOnlyKeys("title", "messages");
    assertThat(load(caseId, "fields", "title,messages", "include", "evidence").getMap(""))
        .containsOnlyKeys("title");
    assertThat(load(caseId, "fields", "conversation_history").getList("conversation_history"))
        .hasSize(2);
    assertThat(load(caseId, "fields", "tags,version").getMap(""))
        .containsOnlyKeys("tags", "version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include=secrets",
        "include=evidence,title",
        "include=EVIDENCE",
        "messages=last:0",
        "messages=last:201",
        "messages=last:-1",
        "messages=last:9999999",
        "messages=last:",
        "messages=first:5",
        "messages=50"
      })
  void refusesPartsThatThereAreNot(String query) {
    as(user)
        .urlEncodingEnabled(false)
        .get("/api/v1/cases/" + open(user) + "?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors[0].field", equalTo(query.substring(0, query.indexOf('='))));
  }

  private String talkative(int messages) {
    String caseId = open(user);
    add(
            user,
            caseId,
            "messages",
            IntStream.range(0, messages).mapToObj(i -> Map.of("content", "m" + i)).toList())
        .then()
        .statusCode(201);
    return caseId;
  }

  private JsonPath load(String caseId, String... query) {
    var request = as(user);
    for (int i = 0; i < query.length; i += 2) {
      request.queryParam(query[i], query[i + 1]);
    }
    return request
        .get("/api/v1/cases/{id}", caseId)
        .then()
        .statusCode(200)
        .header("ETag", "\"1\"")
        .extract()
        .jsonPath();
  }
}
