package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.add;
import static com.faultmaven.cases.api.CaseCalls.addEvidence;
import static com.faultmaven.cases.api.CaseCalls.addHypothesis;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.open;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The API's document: what it shows works. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class ApiDocumentTest {
  private final String user = Ids.next();

  @Test
  void showsExamplesThatAreAccepted() throws JsonProcessingException {
    JsonNode document = document();
    List<String> tried = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        for (JsonNode example : examples(document, operation.getValue())) {
          int status =
              as(user)
                  .body(example.toString())
                  .request(operation.getKey().toUpperCase(Locale.ROOT), filled(path.getKey()))
                  .statusCode();
          assertThat(status)
              .as("%s %s %s", operation.getKey(), path.getKey(), example)
              .isBetween(200, 299);
          tried.add(operation.getKey() + " " + path.getKey());
        }
      }
    }
    assertThat(tried).hasSizeGreaterThan(10);
  }

  @Test
  void namesEnumsAsTheyGoOverTheWire() throws JsonProcessingException {
    JsonNode schema = document().at("/components/schemas/EvidenceSourceType/enum");

    assertThat(schema).extracting(JsonNode::textValue).contains("log_file", "user_observation");
  }

  @Test
  void describesEveryOperation() throws JsonProcessingException {
    List<String> ids = new ArrayList<>();
    for (JsonNode path : document().path("paths")) {
      for (Map.Entry<String, JsonNode> operation : path.properties()) {
        if (operation.getValue().has("operationId")) {
          assertThat(operation.getValue().path("summary").textValue()).isNotBlank();
          ids.add(operation.getValue().path("operationId").textValue());
        }
      }
    }
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(30);
  }

  private static JsonNode document() throws JsonProcessingException {
    return new ObjectMapper()
        .readTree(given().accept(ContentType.JSON).get("/q/openapi").asString());
  }

  private static List<JsonNode> examples(JsonNode document, JsonNode operation) {
    JsonNode body = operation.at("/requestBody/content/application~1json");
    List<JsonNode> examples = new ArrayList<>();
    body.path("examples").forEach(example -> examples.add(example.path("value")));
    String schema = body.at("/schema/$ref").asText();
    if (!schema.isEmpty()) {
      document.at(schema.substring(1)).path("examples").forEach(examples::add);
    }
    return examples;
  }

  private String filled(String path) {
    if (!path.contains("{case_id}")) {
      return path;
    }
    String caseId = open(user);
    String filled = path.replace("{case_id}", caseId);
    if (path.contains("{evidence_id}")) {
      return filled.replace("{evidence_id}", addEvidence(user, caseId, "e"));
    }
    if (path.contains("{hypothesis_id}")) {
      return filled.replace("{hypothesis_id}", addHypothesis(user, caseId, "h"));
    }
    if (path.contains("{solution_id}")) {
      String solution = "{\"description\": \"d\", \"category\": \"fix\"}";
      return filled.replace(
          "{solution_id}", add(user, caseId, "solutions", solution).path("solution_id"));
    }
    String call = "{\"tool_name\": \"t\", \"input_params\": {}}";
    return path.contains("{call_id}")
        ? filled.replace("{call_id}", add(user, caseId, "tool-calls", call).path("call_id"))
        : filled;
  }
}
