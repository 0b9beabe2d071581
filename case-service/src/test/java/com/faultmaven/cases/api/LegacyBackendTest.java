package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.add;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.read;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.faultmaven.cases.domain.legacy.LegacyFixtures;
import com.faultmaven.cases.domain.legacy.LegacyRedis;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.Method;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The backend {@code redis-legacy}: the previous layout in a real Redis, to read. */
@QuarkusTest
@TestProfile(LegacyBackendTest.Backend.class)
@WithTestResource(ServersResource.class)
class LegacyBackendTest {
  /** Keys of this run alone. */
  private static final String PREFIX = "b" + Ids.next().substring(24) + ":case:";

  /** The settings of the transition period. */
  public static final class Backend implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "faultmaven.cases.backend", "redis-legacy",
          "faultmaven.cases.legacy-redis.url", "${faultmaven.redis.url}",
          "faultmaven.cases.legacy-redis.pattern", PREFIX + "*",
          "faultmaven.cases.legacy-redis.url-in-requests", "false");
    }
  }

  @Inject Vertx vertx;

  @ConfigProperty(name = "faultmaven.redis.url")
  String url;

  private final String owner = Ids.next();
  private final String one = Ids.next();
  private final String two = Ids.next();
  private LegacyRedis redis;

  @BeforeEach
  void fill() {
    redis = new LegacyRedis(vertx, url, prefix());
    redis.text(one, LegacyFixtures.whole(one, owner).toString());
    redis.hash(two, LegacyFixtures.hash(LegacyFixtures.small(two, owner)));
    redis.list(two + ":messages", List.of("{\"role\": \"user\", \"content\": \"Hello\"}"));
  }

  private String prefix() {
    return ConfigProvider.getConfig()
        .getValue("faultmaven.cases.legacy-redis.pattern", String.class)
        .replace("*", "");
  }

  @AfterEach
  void empty() {
    redis.close();
  }

  @Test
  void loadsCasesAndTheirRows() {
    read(owner, one)
        .body("title", equalTo("Timeouts " + LegacyFixtures.UNICODE))
        .body("version", equalTo(1))
        .body("messages", hasSize(2));
    read(owner, two).body("messages[0].content", equalTo("Hello"));
    for (String rows : List.of("evidence", "hypotheses", "solutions", "tool-calls", "files")) {
      as(owner)
          .get("/api/v1/cases/{id}/" + rows, one)
          .then()
          .statusCode(200)
          .body("items", hasSize(1));
    }
    as(owner)
        .get("/api/v1/cases/{id}/evidence/{evidence}", one, one + "-e1")
        .then()
        .body("content", containsString("ERROR"));
    as(owner).get("/api/v1/cases/{id}/transitions", one).then().body("items", hasSize(2));
    as(owner).get("/api/v1/cases/{id}/messages", two).then().body("items", hasSize(1));
    as(Ids.next()).get("/api/v1/cases/{id}", one).then().statusCode(404);
    as(owner).get("/api/v1/cases/{id}", Ids.next()).then().statusCode(404);
  }

  @Test
  void listsAndSearchesThem() {
    as(owner).get("/api/v1/cases").then().body("items.case_id", contains(two, one));
    as(owner)
        .get("/api/v1/cases?status=resolved&tag=database&limit=1")
        .then()
        .body("items.case_id", contains(one));
    as(Ids.next(), Roles.ANALYST)
        .get("/api/v1/cases?user_id=" + owner)
        .then()
        .body("items", hasSize(2));
    as(owner)
        .get("/api/v1/cases/search?q=timeouts")
        .then()
        .body("total", equalTo(1))
        .body("items[0].case.case_id", equalTo(one));
    as(owner).get("/api/v1/tags").then().statusCode(200);
    as(Ids.next()).get("/api/v1/cases").then().body("items", hasSize(0));
  }

  @Test
  void leavesOutWhatBreaksTheRulesAndSaysWhy() {
    String wrong = Ids.next();
    redis.text(wrong, LegacyFixtures.small(wrong, owner).put("status", "IN_PROGRESS").toString());

    as(owner).get("/api/v1/cases").then().body("items", hasSize(2));
    as(owner)
        .get("/api/v1/cases/{id}", wrong)
        .then()
        .statusCode(409)
        .body("code", equalTo("legacy-case-refused"))
        .body("detail", containsString("status must be one of consulting"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST   | ''            | {\"title\": \"New\"}",
        "PATCH  | /{id}         | {\"title\": \"New\"}",
        "DELETE | /{id}         | {}",
        "POST   | /{id}/status  | {\"to_status\": \"investigating\", \"reason\": \"because\"}",
        "POST   | /{id}/tags    | {\"tags\": [\"a\"]}",
        "POST   | /{id}/messages | {\"content\": \"Hello\"}",
        "POST   | /{id}/evidence | {\"content\": \"seen\", \"source_type\": \"other\"}",
        "POST   | /{id}/hypotheses | {\"description\": \"The pool\"}",
        "POST   | /{id}/tool-calls | {\"tool_name\": \"grep\", \"input_params\": {}}",
      })
  void refusesWrites(Method method, String path, String body) {
    as(owner)
        .contentType(method == Method.PATCH ? "application/merge-patch+json" : "application/json")
        .body(body)
        .request(method, "/api/v1/cases" + path.replace("{id}", two))
        .then()
        .statusCode(409)
        .body("code", equalTo("read-only-backend"));
    read(owner, two).body("title", equalTo("Small"));
  }

  @Test
  void importsIntoTheDatabaseAllTheSame() {
    as(Ids.next(), Roles.ADMIN)
        .post("/api/v1/admin/jobs/redis-import")
        .then()
        .statusCode(200)
        .body("outcome", equalTo("succeeded"))
        .body("counts.imported", equalTo(2))
        .body("counts.refused", equalTo(0));
    add(owner, two, "messages", "{\"content\": \"Hello\"}").then().statusCode(409);
  }

  @Test
  void takesNoOtherRedisByRequest() {
    as(Ids.next(), Roles.ADMIN)
        .body("{\"url\": \"redis://127.0.0.1:1/0\"}")
        .post("/api/v1/internal/imports/redis")
        .then()
        .statusCode(400);
  }
}
