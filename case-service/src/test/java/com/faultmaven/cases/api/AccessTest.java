package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.addEvidence;
import static com.faultmaven.cases.api.CaseCalls.addHypothesis;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.open;
import static com.faultmaven.cases.api.CaseCalls.read;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import com.faultmaven.cases.Database;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what to whose cases (decisions, section 7), over every endpoint about one case. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class AccessTest {
  private static final String EVIDENCE = "{\"content\": \"c\", \"source_type\": \"other\"}";
  private static final String HYPOTHESIS = "{\"description\": \"d\"}";
  private static final String SOLUTION = "{\"description\": \"d\", \"category\": \"fix\"}";
  private static final String CALL = "{\"tool_name\": \"t\", \"input_params\": {}}";

  @Inject Pool pool;

  private final String owner = Ids.next();

  /** One endpoint. The path may hold {e}, {h}, {s} and {c} for ids of rows of the case. */
  record Endpoint(String method, String path, String body, int success) {
    @Override
    public String toString() {
      return method + " " + path;
    }

    boolean reads() {
      return method.equals("GET");
    }

    Response call(RequestSpecification request, Map<String, String> ids) {
      RequestSpecification filled = body.isEmpty() ? request : request.body(fill(body, ids));
      return filled.request(method, "/api/v1/cases/" + fill(path, ids));
    }

    private static String fill(String text, Map<String, String> ids) {
      String filled = text;
      for (Map.Entry<String, String> id : ids.entrySet()) {
        filled = filled.replace("{" + id.getKey() + "}", id.getValue());
      }
      return filled;
    }
  }

  static Stream<Endpoint> endpoints() {
    return Stream.of(
        new Endpoint("GET", "{id}", "", 200),
        new Endpoint("PATCH", "{id}", "{\"title\": \"t\"}", 200),
        new Endpoint("DELETE", "{id}", "", 204),
        new Endpoint("GET", "{id}/export", "", 200),
        new Endpoint(
            "POST", "{id}/status", "{\"to_status\": \"investigating\", \"reason\": \"r\"}", 200),
        new Endpoint("GET", "{id}/transitions", "", 200),
        new Endpoint("GET", "{id}/files", "", 200),
        new Endpoint("GET", "{id}/evidence", "", 200),
        new Endpoint("POST", "{id}/evidence", EVIDENCE, 201),
        new Endpoint("GET", "{id}/evidence/{e}", "", 200),
        new Endpoint("PATCH", "{id}/evidence/{e}", "{\"content\": \"c\"}", 200),
        new Endpoint("DELETE", "{id}/evidence/{e}", "", 204),
        new Endpoint("GET", "{id}/hypotheses", "", 200),
        new Endpoint("POST", "{id}/hypotheses", HYPOTHESIS, 201),
        new Endpoint("GET", "{id}/hypotheses/{h}", "", 200),
        new Endpoint("PATCH", "{id}/hypotheses/{h}", HYPOTHESIS, 200),
        new Endpoint(
            "POST",
            "{id}/hypotheses/{h}/links",
            "{\"evidence_id\": \"{e}\", \"relationship\": \"supports\"}",
            200),
        new Endpoint(
            "POST",
            "{id}/hypotheses/evaluations",
            """
            {"evidence_id": "{e}", "results": [{"hypothesis_id": "{h}", "status": "testing",
             "relationship": "supports"}]}
            """,
            200),
        new Endpoint("GET", "{id}/solutions", "", 200),
        new Endpoint("POST", "{id}/solutions", SOLUTION, 201),
        new Endpoint("GET", "{id}/solutions/{s}", "", 200),
        new Endpoint("PATCH", "{id}/solutions/{s}", "{\"status\": \"applying\"}", 200),
        new Endpoint("GET", "{id}/messages", "", 200),
        new Endpoint("POST", "{id}/messages", "{\"content\": \"c\"}", 201),
        new Endpoint("GET", "{id}/tags", "", 200),
        new Endpoint("PUT", "{id}/tags", "{\"tags\": [\"a\"]}", 200),
        new Endpoint("POST", "{id}/tags", "{\"tags\": [\"a\"]}", 200),
        new Endpoint("DELETE", "{id}/tags", "", 204),
        new Endpoint("DELETE", "{id}/tags/first", "", 204),
        new Endpoint("GET", "{id}/tool-calls", "", 200),
        new Endpoint("POST", "{id}/tool-calls", CALL, 201),
        new Endpoint("PATCH", "{id}/tool-calls/{c}", "{\"status\": \"success\"}", 200),
        // Not ended: the owner learns it, nobody else does.
        new Endpoint("POST", "{id}/archive", "", 409),
        new Endpoint("POST", "{id}/restore", "", 200));
  }

  @Test
  void coversEveryEndpointAboutOneCase() {
    Map<String, Map<String, Object>> paths =
        given().accept(ContentType.JSON).get("/q/openapi").jsonPath().getMap("paths");
    Set<String> described = new TreeSet<>();
    paths.forEach(
        (path, operations) -> {
          if (path.startsWith("/api/v1/cases/{")) {
            operations.keySet().stream()
                .filter(name -> Set.of("get", "put", "post", "patch", "delete").contains(name))
                .forEach(name -> described.add(name + " " + path.replaceAll("\\{.*?}", "{}")));
          }
        });
    Set<String> covered = new TreeSet<>();
    endpoints()
        .forEach(
            endpoint ->
                covered.add(
                    endpoint.method().toLowerCase(Locale.ROOT)
                        + " /api/v1/cases/"
                        + endpoint
                            .path()
                            .replace("tags/first", "tags/{t}")
                            .replaceAll("\\{.*?}", "{}")));
    assertThat(covered).isEqualTo(described);
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void letsTheOwner(Endpoint endpoint) {
    endpoint.call(as(owner), prepared()).then().statusCode(endpoint.success());
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void hidesFromStrangers(Endpoint endpoint) {
    Map<String, String> ids = prepared();
    Map<String, Object> before =
        read(owner, ids.getOrDefault("id", "")).extract().jsonPath().getMap("");

    String refusal =
        endpoint
            .call(as(Ids.next()), ids)
            .then()
            .statusCode(404)
            .contentType("application/problem+json")
            .extract()
            .path("detail");
    Map<String, String> nothing = Map.of("id", Ids.next(), "e", "x", "h", "x", "s", "x", "c", "x");
    endpoint.call(as(owner), nothing).then().statusCode(404).body("detail", equalTo(refusal));
    assertThat(read(owner, ids.getOrDefault("id", "")).extract().jsonPath().getMap(""))
        .isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void letsAnalystsReadAlone(Endpoint endpoint) {
    Map<String, String> ids = prepared();
    String analyst = Ids.next();
    endpoint
        .call(as(analyst, Roles.USER, Roles.ANALYST), ids)
        .then()
        .statusCode(endpoint.reads() ? 200 : 403);
    assertThat(accesses(analyst)).hasSize(endpoint.reads() ? 1 : 0);
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void letsAdminsDoEverythingAndWritesItDown(Endpoint endpoint) {
    Map<String, String> ids = prepared();
    String admin = Ids.next();
    endpoint.call(as(admin, Roles.ADMIN), ids).then().statusCode(endpoint.success());

    assertThat(accesses(admin))
        .singleElement()
        .asString()
        .startsWith("admin " + owner + " " + ids.get("id") + " case");
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void refusesBadTokens(Endpoint endpoint) {
    Map<String, String> ids = prepared();
    for (String token :
        List.of(
            TestTokens.expired(owner),
            TestTokens.wrongAudience(owner),
            TestTokens.wrongIssuer(owner),
            TestTokens.forged(owner),
            "nonsense")) {
      endpoint
          .call(given().contentType(ContentType.JSON).auth().oauth2(token), ids)
          .then()
          .statusCode(401)
          .header("WWW-Authenticate", equalTo("Bearer"));
    }
    endpoint
        .call(given().contentType(ContentType.JSON), ids)
        .then()
        .statusCode(401)
        .body("code", equalTo("unauthorized"));
  }

  @Test
  void refusesListsWithoutAToken() {
    for (String path : List.of("cases", "cases/search?q=a", "tags")) {
      given().get("/api/v1/" + path).then().statusCode(401);
    }
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("title", "t"))
        .post("/api/v1/cases")
        .then()
        .statusCode(401);
  }

  @Test
  void letsNobodyOpenCasesWhoOnlyReads() {
    as(Ids.next(), Roles.ANALYST)
        .body(Map.of("title", "t"))
        .post("/api/v1/cases")
        .then()
        .statusCode(403);
  }

  @Test
  void showsListsOfOthersToAnalystsAndWritesItDown() {
    String caseId = open(owner, Map.of("title", "quokka"));
    String analyst = Ids.next();
    for (String asked : List.of(owner, "all")) {
      as(analyst, Roles.ANALYST)
          .queryParam("user_id", asked)
          .get("/api/v1/cases")
          .then()
          .statusCode(200)
          .body("items.case_id", hasItems(caseId));
      as(analyst, Roles.ANALYST)
          .queryParam("user_id", asked)
          .queryParam("q", "quokka")
          .get("/api/v1/cases/search")
          .then()
          .statusCode(200)
          .body("items.case.case_id", hasItems(caseId));
    }
    assertThat(accesses(analyst))
        .containsExactlyInAnyOrder(
            "analyst " + owner + " null case.list",
            "analyst null null case.list",
            "analyst " + owner + " null case.search",
            "analyst null null case.search");
    as(Ids.next()).queryParam("user_id", owner).get("/api/v1/cases").then().statusCode(404);
    as(owner).queryParam("user_id", owner).get("/api/v1/cases").then().statusCode(200);
  }

  private Map<String, String> prepared() {
    String caseId = open(owner, Map.of("title", "t", "tags", List.of("first")));
    String solutionId = CaseCalls.add(owner, caseId, "solutions", SOLUTION).path("solution_id");
    String callId = CaseCalls.add(owner, caseId, "tool-calls", CALL).path("call_id");
    return Map.of(
        "id",
        caseId,
        "e",
        addEvidence(owner, caseId, "e"),
        "h",
        addHypothesis(owner, caseId, "h"),
        "s",
        solutionId,
        "c",
        callId);
  }

  private List<String> accesses(String actorId) {
    List<String> lines = new ArrayList<>();
    for (Row row :
        Database.rows(pool, "SELECT * FROM data_access_log WHERE actor_id = $1", actorId)) {
      lines.add(
          row.getString("actor_role")
              + " "
              + row.getString("owner_id")
              + " "
              + row.getString("case_id")
              + " "
              + row.getString("resource"));
    }
    return lines;
  }
}
