package com.faultmaven.cases.api;

import static io.restassured.RestAssured.given;

import com.faultmaven.common.testing.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** Calls of the API that many tests make. */
public final class CaseCalls {
  private CaseCalls() {}

  /** A request with JSON in the name of a user with these roles. */
  public static RequestSpecification as(String userId, String... roles) {
    return given().auth().oauth2(TestTokens.bearer(userId, roles)).contentType(ContentType.JSON);
  }

  /** Opens a case of the user; its id. */
  public static String open(String userId) {
    return open(userId, Map.of("title", "Timeouts in checkout"));
  }

  /** Opens a case of the user with this body; its id. */
  public static String open(String userId, Object body) {
    return as(userId)
        .body(body)
        .post("/api/v1/cases")
        .then()
        .statusCode(201)
        .extract()
        .path("case_id");
  }

  /** Reads the whole case. */
  public static ValidatableResponse read(String userId, String caseId) {
    return as(userId).get("/api/v1/cases/{id}", caseId).then().statusCode(200);
  }

  /** Adds a row to the case; the answer. */
  public static Response add(String userId, String caseId, String rows, Object body) {
    return as(userId).body(body).post("/api/v1/cases/{id}/" + rows, caseId);
  }

  /** Adds evidence to the case; its id. */
  public static String addEvidence(String userId, String caseId, String content) {
    return add(
            userId,
            caseId,
            "evidence",
            Map.of("content", content, "source_type", "user_observation"))
        .then()
        .statusCode(201)
        .extract()
        .path("evidence_id");
  }

  /** Puts up a hypothesis; its id. */
  public static String addHypothesis(String userId, String caseId, String description) {
    return add(userId, caseId, "hypotheses", Map.of("description", description))
        .then()
        .statusCode(201)
        .extract()
        .path("hypothesis_id");
  }

  /** Brings the case into a status; the answer. */
  public static Response become(String userId, String caseId, String status, String... closure) {
    Map<String, String> body =
        closure.length == 0
            ? Map.of("to_status", status, "reason", "because")
            : Map.of("to_status", status, "reason", "because", "closure_reason", closure[0]);
    return add(userId, caseId, "status", body);
  }
}
