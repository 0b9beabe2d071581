package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.cases.Database;
import com.faultmaven.cases.domain.legacy.LegacyFixtures;
import com.faultmaven.cases.domain.legacy.LegacyRedis;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.testing.ServersResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports from a real Redis into a real database. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class RedisImportTest {
  private static final String IMPORTS = "/api/v1/internal/imports";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject Vertx vertx;
  @Inject Pool pool;

  @Inject
  @DataSource("migration")
  AgroalDataSource owners;

  @ConfigProperty(name = "faultmaven.redis.url")
  String url;

  private final String owner = Ids.next();
  private final String one = Ids.next();
  private final String two = Ids.next();
  private LegacyRedis redis;

  @BeforeEach
  void connect() {
    redis = new LegacyRedis(vertx, url, "t" + Ids.next().substring(24) + ":case:");
  }

  @AfterEach
  void disconnect() {
    redis.close();
  }

  @Test
  void takesOverBothFormsWithOwnersAndEvents() {
    redis.text(one, LegacyFixtures.whole(one, owner).toString());
    redis.hash(two, LegacyFixtures.hash(LegacyFixtures.whole(two, owner)));

    assertCounts(run(), 2, 2, 0, 0);

    for (String caseId : List.of(one, two)) {
      read(owner, caseId)
          .body("title", equalTo("Timeouts " + LegacyFixtures.UNICODE))
          .body("status", equalTo("resolved"))
          .body("version", equalTo(1))
          .body("created_at", equalTo("2025-01-12T08:00:00.123Z"))
          .body("evidence[0].evidence_id", equalTo(caseId + "-e1"))
          .body("evidence[0].content", equalTo("ERROR " + LegacyFixtures.UNICODE))
          .body("hypotheses[0].evidence_links[0].evidence_id", equalTo(caseId + "-e1"))
          .body("solutions[0].linked_hypothesis_id", equalTo(caseId + "-h1"))
          .body("messages.content", equalTo(List.of("Why?", "Because.")))
          .body("uploaded_files[0].filename", equalTo("app.log"))
          .body("status_transitions", hasSize(2))
          .body("tool_calls[0].error_message", equalTo("no such file"))
          .body("investigation_progress.ratio", equalTo(0.75f));
      assertThat(events(caseId)).containsExactly("com.faultmaven.case.created.v1");
    }
    assertThat(rows("SELECT status FROM users WHERE user_id = $1", owner)).hasSize(1);
    as(owner).get("/api/v1/cases/search?q=timeouts").then().body("total", equalTo(2));
  }

  @Test
  void importsOnceHoweverOftenItRuns() {
    redis.text(one, LegacyFixtures.whole(one, owner).toString());
    assertCounts(run(), 1, 1, 0, 0);
    redis.remove(one);
    redis.hash(one, LegacyFixtures.hash(LegacyFixtures.whole(one, owner)));

    assertCounts(run(), 1, 0, 1, 0);
    assertThat(events(one)).hasSize(1);
    read(owner, one).body("version", equalTo(1)).body("messages", hasSize(2));
  }

  @Test
  void goesOnWhereAnEarlierRunEnded() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      String caseId = Ids.next();
      ids.add(caseId);
      redis.text(caseId, LegacyFixtures.small(caseId, owner).toString());
    }
    // An earlier run that came to one of them alone.
    assertCounts(run(Map.of("pattern", redis.key(ids.get(77)))), 1, 1, 0, 0);

    assertCounts(run(), 150, 149, 1, 0);
    assertCounts(run(), 150, 0, 150, 0);
    assertThat(rows("SELECT 1 FROM cases WHERE user_id = $1", owner)).hasSize(150);
  }

  @Test
  void leavesWhatUsersHaveChangedSinceAlone() {
    redis.text(one, LegacyFixtures.whole(one, owner).toString());
    redis.text(two, LegacyFixtures.small(two, owner).toString());
    run();
    as(owner)
        .body("{\"title\": \"Changed here\"}")
        .contentType("application/merge-patch+json")
        .patch("/api/v1/cases/{id}", one)
        .then()
        .statusCode(200);
    as(owner).delete("/api/v1/cases/{id}", two).then().statusCode(204);

    assertCounts(run(), 2, 0, 2, 0);
    read(owner, one).body("title", equalTo("Changed here"));
    as(owner).get("/api/v1/cases/{id}", two).then().statusCode(404);
  }

  @Test
  void refusesACaseThatExistsAndDiffers() {
    redis.text(one, LegacyFixtures.small(one, owner).toString());
    run();
    redis.text(one, LegacyFixtures.small(one, owner).put("title", "Another").toString());
    String opened = CaseCalls.open(owner);
    redis.text(opened, LegacyFixtures.small(opened, owner).toString());

    JsonPath run = run();

    assertCounts(run, 2, 0, 0, 2);
    assertThat(refusals(run).getList("items.reason", String.class))
        .hasSize(2)
        .allMatch(reason -> reason.startsWith("exists and differs"));
    read(owner, one).body("title", equalTo("Small"));
  }

  @Test
  void knowsACaseAgainThatCameAnotherWay() throws SQLException {
    redis.text(one, LegacyFixtures.whole(one, owner).toString());
    run();
    try (Connection connection = owners.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM case_imports WHERE case_id = '" + one + "'");
    }

    assertCounts(run(), 1, 0, 1, 0);
    assertThat(events(one)).hasSize(1);
    assertThat(rows("SELECT 1 FROM case_imports WHERE case_id = $1", one)).hasSize(1);
  }

  @Test
  void refusesRowsWhoseIdsAnotherCaseHas() {
    redis.text(one, LegacyFixtures.whole(one, owner).toString());
    run();
    ObjectNode thief = LegacyFixtures.small(two, owner);
    LegacyFixtures.row(thief, "hypotheses")
        .put("hypothesis_id", one + "-h1")
        .put("description", "Taken");
    redis.text(two, thief.toString());

    JsonPath run = run();

    assertCounts(run, 2, 0, 1, 1);
    refused(run, redis.key(two), "", "ids of its rows are those of rows of another case");
    as(owner).get("/api/v1/cases/{id}", two).then().statusCode(404);
    assertThat(events(two)).isEmpty();
    assertThat(rows("SELECT 1 FROM case_imports WHERE case_id = $1", two)).isEmpty();
  }

  @Test
  void reportsEachRefusalWithItsPlace() {
    redis.text(one, LegacyFixtures.small(one, owner).put("status", "IN_PROGRESS").toString());
    redis.bytes(two, new byte[] {(byte) 0xc3, 0x28});
    redis.set("a-set", "x");
    redis.list("a-list", List.of("{}"));
    redis.text("alone:evidence", "[]");
    redis.text("parts", LegacyFixtures.small("parts", owner).toString());
    redis.set("parts:messages", "x");
    redis.text("no-json", "hello");

    JsonPath run = run();

    assertCounts(run, 6, 0, 0, 7);
    refused(
        run,
        redis.key(one),
        "status",
        "must be one of consulting, investigating, resolved, closed");
    refused(run, redis.key(two), "", "is not UTF-8");
    refused(run, redis.key("a-set"), "", "is a set; a hash, a list or a JSON text is expected");
    refused(run, redis.key("a-list"), "", "is a list; a case is a hash or a JSON document");
    refused(run, redis.key("alone:evidence"), "", "belongs to a case that is not there");
    refused(
        run, redis.key("parts"), "messages", "is a set; a hash, a list or a JSON text is expected");
    refused(run, redis.key("no-json"), "", "is no JSON object, or one that names a field twice");
  }

  @Test
  void takesAConversationOfAThousandMessagesFromAList() {
    redis.hash(one, LegacyFixtures.hash(LegacyFixtures.small(one, owner)));
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String role = i % 2 == 0 ? "user" : "assistant";
      messages.add(
          "{\"role\": \"%s\", \"content\": \"%d %s\"}".formatted(role, i, "x".repeat(900)));
    }
    redis.list(one + ":messages", messages);

    assertCounts(run(), 1, 1, 0, 0);
    assertCounts(run(), 1, 0, 1, 0);
    List<String> contents =
        as(owner).get("/api/v1/cases/{id}", one).jsonPath().getList("messages.content");
    assertThat(contents).hasSize(1000);
    assertThat(contents.get(7)).startsWith("7 ");
    assertThat(contents.get(999)).startsWith("999 ");
  }

  @Test
  void keepsNothingOfADryRun() {
    redis.text(one, LegacyFixtures.whole(one, owner).toString());
    redis.text(two, LegacyFixtures.small(two, owner).put("title", "").toString());

    JsonPath run = run(Map.of("dry_run", true));

    assertThat(run.getMap("counts"))
        .isEqualTo(Map.of("read", 2, "importable", 1, "already_there", 0, "refused", 1));
    as(owner).get("/api/v1/cases/{id}", one).then().statusCode(404);
    assertThat(events(one)).isEmpty();
    assertCounts(run(), 2, 1, 0, 1);
    assertThat(run(Map.of("dry_run", true)).getMap("counts"))
        .isEqualTo(Map.of("read", 2, "importable", 0, "already_there", 1, "refused", 1));
  }

  @Test
  void bringsNothingBackOfUsersWhoseDataWereErased() {
    rows("INSERT INTO erased_users (user_id, erased_at) VALUES ($1, now()) RETURNING 1", owner);
    redis.text(one, LegacyFixtures.small(one, owner).toString());

    JsonPath run = run();

    assertCounts(run, 1, 0, 0, 1);
    refused(run, redis.key(one), "user_id", "this user's data have been erased");
  }

  @Test
  void tellsWhenRedisIsAway() {
    Response answer = admin().body(Map.of("url", "redis://127.0.0.1:1/0")).post(IMPORTS + "/redis");

    JsonPath run = ended(answer);
    assertThat(run.getString("outcome")).isEqualTo("failed");
    assertThat(run.getString("error")).isEqualTo("legacy-redis-away");
  }

  @ParameterizedTest
  @CsvSource({"http://127.0.0.1:1/", "redis:", "127.0.0.1:6379", "redis://[", "'  '"})
  void refusesWhatIsNoRedis(String wrong) {
    admin()
        .body(Map.of("url", wrong))
        .post(IMPORTS + "/redis")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("url"));
  }

  @Test
  void refusesUnknownFieldsAndPlaces() {
    admin().body("{\"update\": true}").post(IMPORTS + "/redis").then().statusCode(400);
    admin().body("{}").post(IMPORTS + "/redis").then().statusCode(400);
    admin().get(IMPORTS + "/x/refusals?after=-1").then().statusCode(400);
    admin().get(IMPORTS + "/x/refusals?limit=201").then().statusCode(400);
    admin().get(IMPORTS + "/x/refusals").then().statusCode(200).body("items", empty());
    admin()
        .post("/api/v1/admin/jobs/redis-import")
        .then()
        .statusCode(409)
        .body("code", equalTo("job-disabled"));
  }

  @ParameterizedTest
  @CsvSource({Roles.USER, Roles.ANALYST, Roles.SERVICE})
  void letsAdminsAloneIn(String role) {
    as(owner, role).body("{}").post(IMPORTS + "/redis").then().statusCode(403);
    as(owner, role).get(IMPORTS + "/x/refusals").then().statusCode(403);
  }

  private RequestSpecification admin() {
    return as(Ids.next(), Roles.ADMIN);
  }

  private JsonPath run() {
    return run(Map.of());
  }

  /** Runs an import of this test's keys to its end. */
  private JsonPath run(Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>();
    body.put("url", url);
    body.put("pattern", redis.pattern());
    body.putAll(more);
    JsonPath run = ended(admin().body(body).post(IMPORTS + "/redis"));
    assertThat(run.getString("outcome")).as(run.prettify()).isEqualTo("succeeded");
    return run;
  }

  private JsonPath ended(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 202);
    String location = answer.header("Location");
    return await()
        .atMost(PATIENCE)
        .until(() -> admin().get(location).jsonPath(), run -> run.getString("ended_at") != null);
  }

  private static void assertCounts(
      JsonPath run, int read, int imported, int alreadyThere, int refused) {
    assertThat(run.getMap("counts"))
        .isEqualTo(
            Map.of(
                "read", read,
                "imported", imported,
                "already_there", alreadyThere,
                "refused", refused));
  }

  private JsonPath refusals(JsonPath run) {
    return admin()
        .get(IMPORTS + "/" + run.getString("run_id") + "/refusals?limit=200")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private void refused(JsonPath run, String key, String field, String reason) {
    assertThat(refusals(run).<Map<String, Object>>getList("items"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsEntry("key", key)
                    .containsEntry("field", field)
                    .containsEntry("reason", reason));
  }

  private List<String> events(String caseId) {
    return rows("SELECT event_type FROM outbox WHERE aggregate_id = $1", caseId).stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private List<Row> rows(String sql, String parameter) {
    return Database.rows(pool, sql, parameter);
  }
}
