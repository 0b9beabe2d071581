package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.open;
import static com.faultmaven.cases.api.CaseCalls.read;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.document.DocumentColumn;
import com.faultmaven.common.testing.ServersResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON columns of a case: checked where they are known, kept where they are not. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class CaseDocumentsApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String user = Ids.next();

  @Inject
  @DataSource("migration")
  AgroalDataSource owner;

  @Test
  void keepsFieldsThatNobodyKnows() {
    String caseId = open(user);
    String sent =
        """
        {"confidence": 0.70, "house_rule": {"digits": 0.12345678901234567890123456789,
         "price": 1.10, "list": [1, "ü", null, {"deep": [true]}]}}
        """;
    String kept = "\"digits\":0.12345678901234567890123456789";

    patch(caseId, "{\"working_conclusion\": " + sent + "}")
        .statusCode(200)
        .body("working_conclusion.house_rule.list[3].deep", contains(true));
    patch(caseId, "{\"title\": \"Something else\"}").statusCode(200);

    String document = read(user, caseId).extract().asString().replace(" ", "");
    assertThat(document).contains(kept, "\"price\":1.10", "\"confidence\":0.70");
  }

  @Test
  void mergesWithinAColumnAndChecksWhatComesOut() {
    String caseId = open(user);
    patch(
            caseId,
            """
            {"working_conclusion": {"summary": "The pool", "confidence": 0.5, "own": {"a": 1}},
             "turn_progress": {"turns": {"1": {"summary": "one"}}}}
            """)
        .statusCode(200);
    patch(
            caseId,
            """
            {"working_conclusion": {"confidence": 0.9, "own": {"b": 2, "a": null}},
             "turn_progress": {"turns": {"2": {"summary": "two"}}}}
            """)
        .statusCode(200)
        .body("working_conclusion.summary", equalTo("The pool"))
        .body("working_conclusion.own", equalTo(Map.of("b", 2)))
        .body("turn_progress.turns.1.summary", equalTo("one"))
        .body("turn_progress.turns.2.summary", equalTo("two"));

    patch(caseId, "{\"title\": \"new\", \"working_conclusion\": {\"confidence\": 1.5}}")
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("validation-failed"))
        .body("errors.field", contains("working_conclusion.confidence"))
        .body("errors[0].message", containsString("1"));
    read(user, caseId)
        .header("ETag", "\"3\"")
        .body("working_conclusion.confidence", equalTo(0.9f))
        .body("title", equalTo("Timeouts in checkout"));
  }

  @Test
  void refusesWhatGrowsTooLargeByMerging() {
    String caseId = open(user);
    String half = "x".repeat(200_000);
    patch(caseId, "{\"documentation_data\": {\"a\": \"" + half + "\"}}").statusCode(200);

    patch(caseId, "{\"documentation_data\": {\"b\": \"" + half + "\"}}")
        .statusCode(400)
        .body("errors.field", contains("documentation_data"));
  }

  @Test
  void readsWhatIsFromBeforeThereWasARule() throws SQLException {
    String caseId = open(user);
    try (Connection connection = owner.getConnection();
        PreparedStatement old =
            connection.prepareStatement(
                """
                UPDATE cases SET working_conclusion = '{"confidence": "very"}',
                    turn_progress = '[1, 2]', conversation_history = '["old"]'
                WHERE case_id = ?
                """)) {
      old.setString(1, caseId);
      old.executeUpdate();
    }

    read(user, caseId)
        .body("working_conclusion.confidence", equalTo("very"))
        .body("turn_progress", contains(1, 2))
        .body("conversation_history", equalTo(List.of()));
    patch(caseId, "{\"title\": \"new\"}")
        .statusCode(200)
        .body("working_conclusion.confidence", equalTo("very"))
        .body("conversation_history", nullValue());
    patch(caseId, "{\"working_conclusion\": {\"summary\": \"s\"}}")
        .statusCode(400)
        .body("errors.field", contains("working_conclusion.confidence"));
    patch(caseId, "{\"working_conclusion\": {\"confidence\": 0.3}, \"turn_progress\": {}}")
        .statusCode(200)
        .body("turn_progress", equalTo(Map.of()));
  }

  @Test
  void saysWhereMessagesGoInsteadOfAHistory() {
    String caseId = open(user);
    String message = "post those to /api/v1/cases/{case_id}/messages";

    patch(caseId, "{\"conversation_history\": [{\"content\": \"c\"}]}")
        .statusCode(400)
        .body("errors.field", contains("conversation_history"))
        .body("errors[0].message", containsString(message));
    as(user)
        .body(Map.of("title", "t", "conversation_history", List.of()))
        .post("/api/v1/cases")
        .then()
        .statusCode(400)
        .body("errors.field", contains("conversation_history"))
        .body("errors[0].message", containsString(message));
  }

  @ParameterizedTest
  @MethodSource("columns")
  void describesTheColumnWithAnExampleThatIsTaken(DocumentColumn<?> column)
      throws JsonProcessingException {
    JsonNode schemas =
        JSON.readTree(given().accept(ContentType.JSON).get("/q/openapi").asString())
            .at("/components/schemas");
    JsonNode schema = schemas.path(column.type().getSimpleName());
    String reference = "#/components/schemas/" + column.type().getSimpleName();

    assertThat(schema.path("description").asText()).isNotBlank();
    assertThat(schema.path("properties")).isNotEmpty();
    assertThat(schema.path("properties"))
        .allSatisfy(field -> assertThat(field.path("description").asText()).isNotBlank());
    assertThat(schema.path("additionalProperties").asBoolean()).isTrue();
    for (String user : List.of("Case", "PatchCase")) {
      assertThat(schemas.path(user).path("properties").path(column.name()).toString())
          .as("%s in %s", column.name(), user)
          .contains(reference);
    }
    JsonNode example = schema.at("/examples/0");
    assertThat(example.isObject()).isTrue();
    String answer =
        patch(open(user), JSON.createObjectNode().set(column.name(), example).toString())
            .statusCode(200)
            .extract()
            .asString();
    assertThat(JSON.readTree(answer).path(column.name())).isEqualTo(example);
  }

  static List<DocumentColumn<?>> columns() {
    return DocumentColumn.ALL;
  }

  private ValidatableResponse patch(String caseId, String body) {
    return as(user).body(body).patch("/api/v1/cases/{id}", caseId).then();
  }
}
