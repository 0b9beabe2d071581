package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.add;
import static com.faultmaven.cases.api.CaseCalls.addEvidence;
import static com.faultmaven.cases.api.CaseCalls.addHypothesis;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.open;
import static com.faultmaven.cases.api.CaseCalls.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evidence, hypotheses and solutions. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class FindingsApiTest {
  private final String user = Ids.next();

  @Test
  void addsEvidenceOneAndMany() {
    String caseId = open(user);
    String location =
        add(
                user,
                caseId,
                "evidence",
                """
                {"content": "alone", "source_type": "log_file", "preprocessed_summary": "s",
                 "classification_dimensions": {"host": "db1"}}
                """)
            .then()
            .statusCode(201)
            .body("content", equalTo("alone"))
            .body("form", equalTo("user_input"))
            .body("case_id", equalTo(caseId))
            .extract()
            .header("Location");
    as(user)
        .get(location)
        .then()
        .statusCode(200)
        .body("classification_dimensions.host", equalTo("db1"));

    add(
            user,
            caseId,
            "evidence",
            """
            [{"content": "one", "source_type": "metrics_data", "form": "document"},
             {"content": "two", "source_type": "screenshot"}]
            """)
        .then()
        .statusCode(201)
        .body("items.content", contains("one", "two"));
    as(user)
        .get("/api/v1/cases/{id}/evidence", caseId)
        .then()
        .statusCode(200)
        .body("items.content", contains("two", "one", "alone"))
        .body("next_cursor", nullValue());
  }

  @Test
  void addsAllEvidenceOrNone() {
    String caseId = open(user);
    add(
            user,
            caseId,
            "evidence",
            """
            [{"content": "good", "source_type": "other"},
             {"content": " ", "source_type": "other"}]
            """)
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("1.content"));
    read(user, caseId).body("evidence", empty());
  }

  @ParameterizedTest
  @CsvSource({"evidence", "messages"})
  void addsAThousandRowsInOneRequestOrNone(String rows) {
    String caseId = open(user);
    List<Map<String, String>> thousand =
        IntStream.range(0, 1_000)
            .mapToObj(i -> Map.of("content", "row " + i, "source_type", "other"))
            .map(row -> rows.equals("evidence") ? row : Map.of("content", row.get("content")))
            .toList();
    List<Map<String, String>> oneIsBad = new ArrayList<>(thousand);
    oneIsBad.set(700, Map.of("content", " ", "source_type", "other"));

    add(user, caseId, rows, oneIsBad)
        .then()
        .statusCode(400)
        .body("errors[0].field", startsWith("700."));
    read(user, caseId).body(rows, empty());
    add(user, caseId, rows, thousand).then().statusCode(201).body("items", hasSize(1_000));
    read(user, caseId)
        .body(rows, hasSize(1_000))
        .body(rows + "[1].content", equalTo(rows.equals("evidence") ? "row 998" : "row 1"));
  }

  @Test
  void listsEvidenceInBothDirections() {
    String caseId = open(user);
    List<String> added =
        List.of(
            addEvidence(user, caseId, "a"),
            addEvidence(user, caseId, "b"),
            addEvidence(user, caseId, "c"));

    JsonPath oldest =
        as(user)
            .queryParam("order", "asc")
            .queryParam("limit", 2)
            .get("/api/v1/cases/{id}/evidence", caseId)
            .then()
            .statusCode(200)
            .body("items.evidence_id", contains(added.get(0), added.get(1)))
            .extract()
            .jsonPath();
    for (String order : List.of("asc", "desc")) {
      as(user)
          .queryParam("order", order)
          .queryParam("cursor", oldest.getString("next_cursor"))
          .get("/api/v1/cases/{id}/evidence", caseId)
          .then()
          .body("items.evidence_id", contains(order.equals("asc") ? added.get(2) : added.get(0)));
    }
    as(user)
        .queryParam("order", "newest")
        .get("/api/v1/cases/{id}/evidence", caseId)
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("order"));
  }

  @Test
  void listsEvidenceBySourceFormTimeAndWords() {
    String caseId = open(user);
    add(
            user,
            caseId,
            "evidence",
            """
            [{"content": "the zebra crossed", "source_type": "log_file", "form": "document"},
             {"content": "nothing special", "source_type": "user_observation"}]
            """)
        .then()
        .statusCode(201);

    evidence(caseId, "source_type", "log_file", 1);
    evidence(caseId, "form", "user_input", 1);
    evidence(caseId, "q", "zebra", 1);
    evidence(caseId, "q", "giraffe", 0);
    evidence(caseId, "since", "2100-01-01T00:00:00Z", 0);
    JsonPath page =
        as(user).queryParam("limit", 1).get("/api/v1/cases/{id}/evidence", caseId).jsonPath();
    as(user)
        .queryParam("limit", 1)
        .queryParam("cursor", page.getString("next_cursor"))
        .get("/api/v1/cases/{id}/evidence", caseId)
        .then()
        .body("items.content", contains("the zebra crossed"))
        .body("next_cursor", nullValue());
  }

  private void evidence(String caseId, String name, String value, int count) {
    as(user)
        .queryParam(name, value)
        .get("/api/v1/cases/{id}/evidence", caseId)
        .then()
        .statusCode(200)
        .body("items", hasSize(count));
  }

  @Test
  void changesAndDeletesEvidence() {
    String caseId = open(user);
    String evidenceId = addEvidence(user, caseId, "old");
    String hypothesisId = addHypothesis(user, caseId, "h");
    link(caseId, hypothesisId, evidenceId, "supports").then().statusCode(200);

    as(user)
        .body("{\"content\": \"new\", \"preprocessed_summary\": \"short\"}")
        .patch("/api/v1/cases/{id}/evidence/{e}", caseId, evidenceId)
        .then()
        .statusCode(200)
        .body("content", equalTo("new"))
        .body("preprocessed_summary", equalTo("short"))
        .body("source_type", equalTo("user_observation"));
    as(user)
        .body("{\"content\": null}")
        .patch("/api/v1/cases/{id}/evidence/{e}", caseId, evidenceId)
        .then()
        .statusCode(400);
    as(user).delete("/api/v1/cases/{id}/evidence/{e}", caseId, evidenceId).then().statusCode(204);
    as(user).delete("/api/v1/cases/{id}/evidence/{e}", caseId, evidenceId).then().statusCode(404);
    read(user, caseId).body("evidence", empty()).body("hypotheses[0].evidence_links", empty());
  }

  @Test
  void putsUpAndExaminesAHypothesis() {
    String caseId = open(user);
    String evidenceId = addEvidence(user, caseId, "e");
    String hypothesisId =
        add(
                user,
                caseId,
                "hypotheses",
                Map.of(
                    "description",
                    "Pool too small",
                    "confidence_level",
                    "speculation",
                    "evidence_links",
                    List.of(Map.of("evidence_id", evidenceId, "relationship", "neutral"))))
            .then()
            .statusCode(201)
            .body("status", equalTo("exploring"))
            .extract()
            .path("hypothesis_id");

    link(caseId, hypothesisId, evidenceId, "supports")
        .then()
        .statusCode(200)
        .body("evidence_links", hasSize(1))
        .body("evidence_links[0].relationship", equalTo("supports"));
    as(user)
        .body("{\"status\": \"testing\", \"confidence_level\": null, \"reasoning\": \"r\"}")
        .patch("/api/v1/cases/{id}/hypotheses/{h}", caseId, hypothesisId)
        .then()
        .statusCode(200)
        .body("status", equalTo("testing"))
        .body("confidence_level", nullValue())
        .body("reasoning", equalTo("r"))
        .body("evidence_links", hasSize(1));
    as(user)
        .get("/api/v1/cases/{id}/hypotheses/{h}", caseId, hypothesisId)
        .then()
        .statusCode(200)
        .body("status", equalTo("testing"));
    as(user)
        .queryParam("status", "exploring")
        .get("/api/v1/cases/{id}/hypotheses", caseId)
        .then()
        .body("total", equalTo(0));
    as(user)
        .queryParam("status", "testing", "validated")
        .get("/api/v1/cases/{id}/hypotheses", caseId)
        .then()
        .body("total", equalTo(1));
  }

  @Test
  void refusesLinksToEvidenceOfAnotherCase() {
    String caseId = open(user);
    String foreign = addEvidence(user, open(user), "e");
    String hypothesisId = addHypothesis(user, caseId, "h");

    link(caseId, hypothesisId, foreign, "supports")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("evidence_id"));
    add(
            user,
            caseId,
            "hypotheses",
            Map.of(
                "description",
                "d",
                "evidence_links",
                List.of(Map.of("evidence_id", foreign, "relationship", "refutes"))))
        .then()
        .statusCode(400)
        .body("trace_id", matchesPattern("[0-9a-f]{32}"));
    link(caseId, Ids.next(), addEvidence(user, caseId, "own"), "supports").then().statusCode(404);
    read(user, caseId).body("hypotheses", hasSize(1));
  }

  private Response link(
      String caseId, String hypothesisId, String evidenceId, String relationship) {
    return as(user)
        .body(Map.of("evidence_id", evidenceId, "relationship", relationship))
        .post("/api/v1/cases/{id}/hypotheses/{h}/links", caseId, hypothesisId);
  }

  @Test
  void evaluatesSeveralHypothesesOrNone() {
    String caseId = open(user);
    String evidenceId = addEvidence(user, caseId, "e");
    String first = addHypothesis(user, caseId, "a");
    String second = addHypothesis(user, caseId, "b");

    evaluate(caseId, evidenceId, result(first, "validated"), result(Ids.next(), "testing"))
        .then()
        .statusCode(400);
    read(user, caseId).body("hypotheses.status", contains("exploring", "exploring"));
    evaluate(caseId, Ids.next(), result(first, "validated")).then().statusCode(400);
    evaluate(caseId, evidenceId, result(first, "testing"), result(first, "validated"))
        .then()
        .statusCode(400);

    evaluate(caseId, evidenceId, result(first, "validated"), result(second, "invalidated"))
        .then()
        .statusCode(200)
        .body("items.hypothesis_id", contains(first, second))
        .body("items.status", contains("validated", "invalidated"));
    read(user, caseId)
        .body("hypotheses.evidence_links.evidence_id.flatten()", contains(evidenceId, evidenceId));
  }

  private Response evaluate(String caseId, String evidenceId, Object... results) {
    return add(
        user,
        caseId,
        "hypotheses/evaluations",
        Map.of("evidence_id", evidenceId, "results", List.of(results)));
  }

  private static Map<String, String> result(String hypothesisId, String status) {
    return Map.of(
        "hypothesis_id",
        hypothesisId,
        "status",
        status,
        "relationship",
        status.equals("invalidated") ? "refutes" : "supports",
        "reasoning",
        "r");
  }

  @Test
  void appliesASolution() {
    String caseId = open(user);
    String hypothesisId = addHypothesis(user, caseId, "h");
    String solutionId =
        add(
                user,
                caseId,
                "solutions",
                Map.of(
                    "description",
                    "Raise the pool size",
                    "category",
                    "fix",
                    "linked_hypothesis_id",
                    hypothesisId,
                    "steps",
                    List.of("set", "restart"),
                    "verification_criteria",
                    List.of("no timeout")))
            .then()
            .statusCode(201)
            .body("status", equalTo("proposed"))
            .body("applied_at", nullValue())
            .extract()
            .path("solution_id");

    patchSolution(caseId, solutionId, "{\"status\": \"applied\"}")
        .then()
        .statusCode(409)
        .body("code", equalTo("invalid-status-transition"));
    patchSolution(caseId, solutionId, "{\"status\": \"applying\", \"steps\": [\"only\"]}")
        .then()
        .statusCode(200)
        .body("steps", contains("only"));
    patchSolution(
            caseId, solutionId, "{\"status\": \"applied\", \"result_summary\": \"it helped\"}")
        .then()
        .statusCode(200)
        .body("status", equalTo("applied"))
        .body("applied_at", notNullValue())
        .body("result_summary", equalTo("it helped"));
    patchSolution(caseId, solutionId, "{\"linked_hypothesis_id\": null}")
        .then()
        .statusCode(200)
        .body("linked_hypothesis_id", nullValue())
        .body("applied_at", notNullValue());
    as(user)
        .queryParam("status", "applied")
        .get("/api/v1/cases/{id}/solutions", caseId)
        .then()
        .statusCode(200)
        .body("items.solution_id", contains(solutionId));
    as(user)
        .get("/api/v1/cases/{id}/solutions/{s}", caseId, solutionId)
        .then()
        .statusCode(200)
        .body("category", equalTo("fix"));
  }

  @Test
  void refusesSolutionsOfForeignHypotheses() {
    String caseId = open(user);
    String foreign = addHypothesis(user, open(user), "h");
    add(
            user,
            caseId,
            "solutions",
            Map.of("description", "d", "category", "fix", "linked_hypothesis_id", foreign))
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("hypothesis_id"));
    read(user, caseId).body("solutions", empty());
  }

  @Test
  void manyPatchesMakeNoLargerValueThanOne() {
    String caseId = open(user);
    String evidence = CaseCalls.addEvidence(user, caseId, "seen");
    String half = "x".repeat(Bounds.JSON / 2);
    patchDimensions(caseId, evidence, Map.of("a", half)).then().statusCode(200);

    patchDimensions(caseId, evidence, Map.of("b", half))
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("classification_dimensions"));
    patchDimensions(caseId, evidence, Map.of("b", "short")).then().statusCode(200);
  }

  private Response patchDimensions(String caseId, String evidence, Map<String, String> fields) {
    return as(user)
        .body(Map.of("classification_dimensions", fields))
        .patch("/api/v1/cases/{id}/evidence/{e}", caseId, evidence);
  }

  private Response patchSolution(String caseId, String solutionId, String body) {
    return as(user).body(body).patch("/api/v1/cases/{id}/solutions/{s}", caseId, solutionId);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "evidence; {\"content\": \"c\", \"source_type\": \"other\"}",
        "evidence; [{\"content\": \"c\", \"source_type\": \"other\"}]",
        "messages; {\"content\": \"c\"}",
        "messages; [{\"content\": \"c\"}, {\"content\": \"d\"}]",
        "hypotheses; {\"description\": \"d\"}",
        "solutions; {\"description\": \"d\", \"category\": \"fix\"}",
        "tool-calls; {\"tool_name\": \"t\", \"input_params\": {\"a\": [1]}}"
      })
  void answersRepeatedAdditionsByTheFirstAnswer(String rows, String body) {
    String caseId = open(user);
    String key = Ids.next();
    Map<String, Object> first = addOnce(caseId, rows, body, key);

    assertThat(addOnce(caseId, rows, body, key)).isEqualTo(first);
    int added = body.startsWith("[") ? body.split("content", -1).length - 1 : 1;
    as(user)
        .get("/api/v1/cases/{id}/" + rows, caseId)
        .then()
        .statusCode(200)
        .body("items", hasSize(added));
    as(user)
        .header("Idempotency-Key", key)
        .body(body)
        .post("/api/v1/cases/{id}/" + rows, open(user))
        .then()
        .statusCode(422);
  }

  private Map<String, Object> addOnce(String caseId, String rows, String body, String key) {
    return as(user)
        .header("Idempotency-Key", key)
        .body(body)
        .post("/api/v1/cases/{id}/" + rows, caseId)
        .then()
        .statusCode(201)
        .extract()
        .jsonPath()
        .getMap("");
  }
}
