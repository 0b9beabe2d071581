package com.faultmaven.user.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.event.UserDataErased;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.Database;
import com.faultmaven.user.ExportPart;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import com.faultmaven.user.domain.privacy.PrivacySettings;
import com.faultmaven.user.jobs.UserErasureJob;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Export and erasure, with neighbours that answer as the tests want them to. */
@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class UserDataTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Pool pool;
  @Inject ObjectMapper json;
  @Inject UserErasureJob job;
  @Inject PrivacySettings settings;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  @ConfigProperty(name = "faultmaven.events.topic-prefix")
  String prefix;

  @Test
  void exportsTheAccountAndTheOthersParts() throws Exception {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login("laptop");

    Map<String, byte[]> files = unzip(tokens.given().get(export(tokens, account)));

    assertThat(files.keySet())
        .containsExactly(
            "account.json",
            "passkeys.json",
            "sign-ins.json",
            "known-networks.json",
            "auth-events.json",
            "data-accesses.json",
            "case-service.json",
            "artifact-service.json",
            "manifest.json");
    assertThat(files.get("case-service.json"))
        .isEqualTo(ExportPart.content(ExportPart.CASES, account.userId()));
    JsonNode exported = json.readTree(files.get("account.json")).get(0);
    assertThat(exported.path("email").asText()).isEqualTo(account.email());
    assertThat(exported.path("has_password").asBoolean()).isTrue();
    assertThat(exported.has("hashed_password")).isFalse();
    assertThat(json.readTree(files.get("sign-ins.json")).get(0).path("client_id").asText())
        .isEqualTo("laptop");
    assertThat(json.readTree(files.get("auth-events.json")).findValuesAsText("event_type"))
        .containsExactly("exported", "export_requested", "login_succeeded", "registered");
    assertManifest(files, account);
  }

  private void assertManifest(Map<String, byte[]> files, TestAccount account) throws Exception {
    JsonNode manifest = json.readTree(files.get("manifest.json"));
    assertThat(manifest.path("format").asText()).isEqualTo("faultmaven.export/1");
    assertThat(manifest.path("user_id").asText()).isEqualTo(account.userId());
    assertThat(manifest.path("files")).hasSize(files.size() - 1);
    for (JsonNode file : manifest.path("files")) {
      byte[] bytes = java.util.Objects.requireNonNull(files.get(file.path("path").asText()));
      assertThat(file.path("size_bytes").asLong()).isEqualTo(bytes.length);
      assertThat(file.path("sha256").asText())
          .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }
  }

  @Test
  void givesTheSameExportAgainUntilItExpires() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    String first = export(tokens, account);
    String path = "/api/v1/users/" + account.userId() + "/export";

    tokens
        .given()
        .post(path)
        .then()
        .statusCode(200)
        .header("Location", endsWith(first))
        .body("requested_by", equalTo(account.userId()));
    tokens
        .given()
        .accept("application/json")
        .get(first)
        .then()
        .statusCode(200)
        .body("user_id", equalTo(account.userId()), "expires_at", notNullValue());

    Database.run(
        pool, "UPDATE exports SET expires_at = now() WHERE user_id = $1", account.userId());
    tokens.given().get(first).then().statusCode(410).body("code", equalTo("export-expired"));
    tokens.given().post(path).then().statusCode(201);
  }

  @Test
  void anAdminsExportIsRecorded() throws IOException {
    TestAccount account = TestAccount.register();
    Tokens admin = TestAccount.admin();

    String export = export(admin, account);
    assertThat(unzip(admin.given().get(export))).containsKey("account.json");
    // Whose data it holds may have it too.
    account.login().given().get(export).then().statusCode(200);

    assertThat(
            Database.texts(
                pool,
                "SELECT resource || ' ' || action FROM data_access_log WHERE user_id = $1",
                account.userId()))
        .containsExactly("export read");
  }

  @Test
  void strangersSeeNothing() {
    TestAccount account = TestAccount.register();
    Tokens owner = account.login();
    Tokens stranger = TestAccount.register().login();
    String export = export(owner, account);
    String user = "/api/v1/users/" + account.userId();

    stranger.given().post(user + "/export").then().statusCode(404);
    stranger.given().get(export).then().statusCode(404);
    stranger.given().post(user + "/erasure").then().statusCode(404);
    String erasure = owner.given().post(user + "/erasure").path("erasure_id");
    stranger.given().get("/api/v1/erasures/" + erasure).then().statusCode(404);
    owner.given().get("/api/v1/erasures/none").then().statusCode(404);
    TestAccount.admin().given().post("/api/v1/users/none/erasure").then().statusCode(404);
    TestAccount.admin().given().post("/api/v1/users/none/export").then().statusCode(404);
  }

  @Test
  void aServiceThatIsAwayIsAnAnswerNotHalfAnArchive() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    ExportPart.fails(account.userId(), ExportPart.Mishap.AWAY);

    tokens
        .given()
        .get(export(tokens, account))
        .then()
        .statusCode(503)
        .header("Retry-After", "30")
        .contentType("application/problem+json")
        .body("code", equalTo("export-unavailable"))
        .body("detail", org.hamcrest.Matchers.containsString(ExportPart.FILES));
  }

  @ParameterizedTest
  @EnumSource(
      value = ExportPart.Mishap.class,
      names = {"CUT_OFF", "STRANGE_PATH"})
  void whatBreaksOffHasNoEnd(ExportPart.Mishap mishap) {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    ExportPart.fails(account.userId(), mishap);
    String export = export(tokens, account);

    // The answer has begun by then: the client sees the connection end without the last chunk. Not
    // REST-assured, which sometimes takes an answer that was cut for a whole one.
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + export))
            .header("Authorization", "Bearer " + tokens.access())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofByteArray()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void erasesTheAccountWhenAllOthersHaveErased() throws Exception {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login("laptop");
    String path = "/api/v1/users/" + account.userId();

    Response answer = tokens.given().post(path + "/erasure");
    answer.then().statusCode(202).body("status", equalTo("running"));
    String erasureId = answer.path("erasure_id");
    String erasure = "/api/v1/erasures/" + erasureId;
    assertThat(answer.header("Location")).endsWith(erasure);

    // Deleted at once, and nothing brings it back.
    assertThat(TestAccount.refresh(tokens.refresh()).statusCode()).isEqualTo(401);
    assertThat(TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null).statusCode())
        .isEqualTo(401);
    Tokens admin = TestAccount.admin();
    admin
        .given()
        .post(path + "/restore")
        .then()
        .statusCode(409)
        .body("code", equalTo("erasure-begun"));
    tokens.given().post(path + "/erasure").then().body("erasure_id", equalTo(erasureId));
    assertThat(Database.events(pool, account.userId()))
        .filteredOn(event -> event.startsWith("com.faultmaven.user.erasure-requested.v1"))
        .singleElement()
        .asString()
        .contains(erasureId);

    answer(account, erasureId, ExportPart.CASES, Map.of("cases", 3L));
    answer(account, erasureId, ExportPart.CASES, Map.of("cases", 0L));
    answer(account, "another-erasure", ExportPart.FILES, Map.of("files", 9L));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                tokens
                    .given()
                    .get(erasure)
                    .then()
                    .body("services[1].service", equalTo(ExportPart.CASES))
                    .body("services[1].erased.cases", equalTo(3))
                    .body("status", equalTo("running"), "completed_at", nullValue()));

    answer(account, erasureId, ExportPart.FILES, Map.of("files", 2L));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> tokens.given().get(erasure).then().body("status", equalTo("completed")));
    tokens
        .given()
        .get(erasure)
        .then()
        .body(
            "services.service",
            equalTo(List.of(ExportPart.FILES, ExportPart.CASES, "user-service")))
        .body("services[2].erased.accounts", equalTo(1));

    assertNothingIsLeft(account);
    admin.given().get(path).then().statusCode(404);
    admin.given().post(path + "/restore").then().statusCode(404);
    tokens.given().post(path + "/export").then().statusCode(404);
    TestAccount.register(account.username(), account.email(), TestAccount.PASSWORD, null)
        .then()
        .statusCode(201);
  }

  private void assertNothingIsLeft(TestAccount account) {
    String userId = account.userId();
    for (String table :
        List.of("users", "user_roles", "refresh_families", "login_networks", "exports")) {
      assertThat(
              Database.texts(pool, "SELECT user_id FROM " + table + " WHERE user_id = $1", userId))
          .as(table)
          .isEmpty();
    }
    assertThat(
            Database.texts(
                pool,
                """
                SELECT concat_ws(' ', event_type, address, user_agent) FROM auth_audit_log
                WHERE user_id = $1 ORDER BY occurred_at, audit_id
                """,
                userId))
        .containsExactly(
            "registered",
            "login_succeeded",
            "deleted",
            "erasure_requested",
            "refresh_token_refused",
            "erased local");
    assertThat(
            Database.text(
                pool,
                "SELECT detail FROM auth_audit_log WHERE user_id = $1 AND event_type = 'erased'",
                userId))
        .endsWith(" accounts=1 cases=3 files=2");
  }

  @Test
  void beginsWhatIsDueAndAsksAgainWhatIsLate() {
    TestAccount due = TestAccount.register();
    TestAccount young = TestAccount.register();
    TestAccount late = TestAccount.register();
    Tokens admin = TestAccount.admin();
    delete(admin, due, "30 days 1 minute");
    delete(admin, young, "29 days 23 hours");
    admin.given().post("/api/v1/users/" + late.userId() + "/erasure").then().statusCode(202);
    Database.run(
        pool,
        "UPDATE erasures SET published_at = now() - interval '6 minutes' WHERE user_id = $1",
        late.userId());

    runJob();

    assertThat(requests(due)).isEqualTo(1);
    assertThat(requests(young)).isZero();
    assertThat(requests(late)).isEqualTo(2);
    assertThat(
            Database.text(
                pool,
                "SELECT reason || ' ' || (requested_by IS NULL) FROM erasures WHERE user_id = $1",
                due.userId()))
        .isEqualTo("retention true");
    admin.given().post("/api/v1/users/" + young.userId() + "/restore").then().statusCode(200);

    runJob();

    assertThat(requests(due)).isEqualTo(1);
    assertThat(requests(late)).isEqualTo(2);
  }

  private void delete(Tokens admin, TestAccount account, String ago) {
    admin.given().delete("/api/v1/users/" + account.userId()).then().statusCode(204);
    Database.run(
        pool,
        "UPDATE users SET deleted_at = now() - interval '" + ago + "' WHERE user_id = $1",
        account.userId());
  }

  private void runJob() {
    job.run(new JobContext(Ids.next(), Instant.now())).await().atMost(PATIENCE);
  }

  private long requests(TestAccount account) {
    return Database.events(pool, account.userId()).stream()
        .filter(event -> event.startsWith("com.faultmaven.user.erasure-requested.v1"))
        .count();
  }

  private static String export(Tokens tokens, TestAccount account) {
    Response answer = tokens.given().post("/api/v1/users/" + account.userId() + "/export");
    answer.then().statusCode(201);
    return "/api/v1/exports/" + answer.path("export_id");
  }

  private static Map<String, byte[]> unzip(Response answer) throws IOException {
    answer
        .then()
        .statusCode(200)
        .contentType("application/zip")
        .header("Content-Disposition", endsWith(".zip\""));
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.asByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  /** As the service itself would: an event on the topic of users. */
  private void answer(
      TestAccount account, String erasureId, String service, Map<String, Long> erased)
      throws Exception {
    UserDataErased event =
        new UserDataErased(account.userId(), erasureId, service, erased, Instant.now());
    ProducerRecord<String, byte[]> message =
        new ProducerRecord<>(prefix + ".users", account.userId(), json.writeValueAsBytes(event));
    Map<String, String> headers = new HashMap<>();
    headers.put("ce_id", Ids.next());
    headers.put("ce_type", event.type());
    headers.put("ce_subject", event.aggregateId());
    headers.put("ce_time", Instant.now().toString());
    headers.forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(message).get();
    }
  }

  @Test
  void knowsItsNeighbours() {
    assertThat(settings.services()).containsExactly(ExportPart.CASES, ExportPart.FILES);
  }
}
