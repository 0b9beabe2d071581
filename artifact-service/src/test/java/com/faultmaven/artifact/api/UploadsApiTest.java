package com.faultmaven.artifact.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.faultmaven.artifact.Neighbours;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.builder.MultiPartSpecBuilder;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(Neighbours.class)
class UploadsApiTest {
  private static final int LIMIT = 10_485_760;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String LOG =
      """
      2026-01-15T10:00:00Z INFO  payment started
      2026-01-15T10:00:01Z WARN  pool almost exhausted
      2026-01-15T10:00:02Z ERROR connection refused: db-1:5432 password=hunter2secret
      2026-01-15T10:00:03Z FATAL giving up, mail ops@example.com
      """;

  @Inject Pool pool;
  @Inject StorageBackend storage;

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  private final String user = Ids.next();
  private final String caseId = Ids.next();

  @Test
  void processesALog() {
    Response answer = upload("app.log", LOG.getBytes(UTF_8));

    answer
        .then()
        .statusCode(201)
        .header("Location", startsWith("http"))
        .body("case_id", equalTo(caseId))
        .body("data_type", equalTo("logs_and_errors"))
        .body("confidence_score", greaterThan(0.5f))
        .body("summary", notNullValue())
        .body("key_insights.size()", greaterThan(2))
        .body("secrets_detected", equalTo(true))
        .body("pii_detected", equalTo(true))
        .body("redactions.email", equalTo(1))
        .body("processing_mode", equalTo("overview_cached"))
        .body("s3_key", nullValue())
        .body("sanitized_content", nullValue());
    assertThat(answer.asString()).doesNotContain("hunter2secret").doesNotContain("ops@example.com");
    assertThat(answer.header("Location")).endsWith("/api/v1/files/" + answer.path("file_id"));
  }

  @Test
  void countsTheSecretsOfAConfiguration() {
    Response answer =
        upload(
            "app.yaml",
            "database:\n  user: orders\n  password: hunter2secret\nserver:\n  port: 8080\n"
                .getBytes(UTF_8));

    answer
        .then()
        .statusCode(201)
        .body("data_type", equalTo("structured_config"))
        .body("secrets_detected", equalTo(true))
        .body("redactions.password", equalTo(1));
    assertThat(answer.asString()).doesNotContain("hunter2secret");
  }

  @Test
  void keepsNoSecretOfAFileName() {
    String secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    String name = "jane.doe@example.com token " + secret + ".log";

    Response answer = upload(name, LOG.getBytes(UTF_8));

    answer.then().statusCode(201).body("data_type", equalTo("logs_and_errors"));
    String fileId = answer.path("file_id");
    assertThat(text("SELECT filename FROM uploaded_files WHERE file_id = $1", fileId))
        .contains("[REDACTED:email:1]")
        .endsWith(".log");
    for (String kept :
        new String[] {
          text("SELECT filename || s3_key FROM uploaded_files WHERE file_id = $1", fileId),
          text("SELECT data FROM outbox WHERE aggregate_id = $1", caseId)
        }) {
      assertThat(kept).doesNotContain(secret).doesNotContain("jane.doe");
    }
  }

  @Test
  void findsASecretInALongRunOfABinaryFile() {
    // In the middle of one printable run, across the place where what is shown is cut.
    String secret = "AKIA" + "QWERTYUIOPASDFGH";
    String run = "x".repeat(185) + " " + secret + " " + "y".repeat(100);
    byte[] content = ("\u0000\u0001" + run + "\u0000\u0002").getBytes(UTF_8);

    Response answer =
        request()
            .multiPart("file", "blob.bin", content)
            .multiPart("data_type", "unanalyzable")
            .post(path());

    answer.then().statusCode(201).body("secrets_detected", equalTo(true));
    assertThat(answer.asString()).doesNotContain(secret.substring(0, 12));
  }

  @Test
  void keepsRowObjectAndEventTogether() {
    String sessionId = Ids.next();
    String fileId =
        request()
            .header("X-Session-Id", sessionId)
            .multiPart("file", "app.log", LOG.getBytes(UTF_8))
            .post(path())
            .then()
            .statusCode(201)
            .extract()
            .path("file_id");

    String key = "artifacts/" + caseId + "/" + fileId + "/app.log";
    assertThat(text("SELECT s3_key FROM uploaded_files WHERE file_id = $1", fileId)).isEqualTo(key);
    assertThat(storage.stat(key).await().atMost(PATIENCE))
        .hasValueSatisfying(object -> assertThat(object.sizeBytes()).isEqualTo(LOG.length()));
    String event = text("SELECT data FROM outbox WHERE aggregate_id = $1", caseId);
    assertThat(event)
        .contains("\"file_id\":\"" + fileId + '"')
        .contains("\"session_id\":\"" + sessionId + '"')
        .contains("\"user_id\":\"" + user + '"')
        .contains("\"preprocessing_status\":\"completed\"")
        .doesNotContain("hunter2secret");
    assertThat(text("SELECT result::text FROM uploaded_files WHERE file_id = $1", fileId))
        .contains("REDACTED")
        .doesNotContain("hunter2secret");
  }

  @Test
  void takesTheSessionOfTheTokenWhenNoneIsGiven() {
    given()
        .auth()
        .oauth2(TestTokens.withSession(user, "session-7"))
        .multiPart("file", "app.log", LOG.getBytes(UTF_8))
        .post(path())
        .then()
        .statusCode(201);

    assertThat(text("SELECT session_id FROM uploaded_files WHERE case_id = $1", caseId))
        .isEqualTo("session-7");
  }

  @Test
  void letsTheClientSayTheType() {
    request()
        .multiPart("file", "notes.txt", LOG.getBytes(UTF_8))
        .multiPart("data_type", "unstructured_text")
        .post(path())
        .then()
        .statusCode(201)
        .body("data_type", equalTo("unstructured_text"))
        .body("confidence_score", equalTo(1.0f))
        .body("alternative_types", hasItem("logs_and_errors"))
        .body("classification_scores.logs_and_errors", greaterThan(0.5f));
  }

  @Test
  void takesAFileOfExactlyTheLimit() {
    byte[] bytes = lines(LIMIT);

    request()
        .multiPart("file", "large.log", bytes)
        .multiPart("processing_mode", "overview_cached")
        .post(path())
        .then()
        .statusCode(201)
        .body("data_type", equalTo("logs_and_errors"))
        .body("key_insights.size()", greaterThan(2));

    assertThat(number("SELECT size_bytes FROM uploaded_files WHERE case_id = $1", caseId))
        .isEqualTo(LIMIT);
  }

  @Test
  void refusesAFileOfOneByteMore() {
    request()
        .multiPart("file", "large.log", lines(LIMIT + 1))
        .post(path())
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("code", equalTo("file-too-large"))
        .body("size_bytes", equalTo(LIMIT + 1))
        .body("limit_bytes", equalTo(LIMIT))
        .body("suggestions", hasSize(4));
    assertNothingKept();
  }

  @Test
  void refusesARequestThatIsTooLargeAsAWhole() throws Exception {
    // The length is announced and never sent: the answer comes before the body.
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + path()
                      + " HTTP/1.1\r\nHost: x\r\nContent-Length: 110200000\r\n"
                      + "Authorization: Bearer "
                      + TestTokens.bearer(user)
                      + "\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n")
                  .getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413").contains("request-too-large");
    }
  }

  @Test
  void forgetsUploadsThatBreakOff() throws IOException {
    // More than may be under way at the same time: each gives its place back.
    for (int i = 0; i < 20; i++) {
      try (Socket socket = connect()) {
        socket
            .getOutputStream()
            .write(
                ("POST "
                        + path()
                        + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n"
                        + "Authorization: Bearer "
                        + TestTokens.bearer(user)
                        + "\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n"
                        + "--b\r\nContent-Disposition: form-data; name=\"file\";"
                        + " filename=\"a.log\"\r\n\r\n"
                        + LOG.repeat(1000))
                    .getBytes(UTF_8));
      }
    }

    await()
        .atMost(PATIENCE)
        .until(() -> upload("app.log", LOG.getBytes(UTF_8)).statusCode() == 201);
    assertThat(number("SELECT count(*) FROM uploaded_files WHERE case_id = $1", caseId))
        .isEqualTo(1);
  }

  @Test
  void refusesAnEmptyFile() {
    upload("empty.log", new byte[0])
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo("empty-file"));
    assertNothingKept();
  }

  @ParameterizedTest
  @CsvSource({
    "../../etc/passwd, passwd, passwd",
    "C:\\\\Windows\\\\win.ini, win.ini, win.ini",
    "überlast log.txt, überlast log.txt, _berlast_log.txt",
    "'..', file, file"
  })
  void keepsTheNameAndNoPath(String given, String shown, String inKey) {
    String body = part("file", given, "x=1\n");

    HttpResponse<String> answer = send(multipart(body.getBytes(UTF_8)));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(text("SELECT filename FROM uploaded_files WHERE case_id = $1", caseId))
        .isEqualTo(shown);
    assertThat(text("SELECT s3_key FROM uploaded_files WHERE case_id = $1", caseId))
        .endsWith("/" + inKey);
  }

  @Test
  void takesInvalidUtf8() {
    byte[] bytes =
        "2026-01-15T10:00:00Z ERROR caf\u00e9 \u0000 broken\n"
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    upload("latin.log", bytes).then().statusCode(201).body("data_type", notNullValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b\r\n",
        "no boundary at all",
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.log\"\r\n\r\nhalf a f",
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.log\"\r\n\r\nx\r\n--b\r\nContent-Disp"
      })
  void refusesAMalformedForm(String body) {
    HttpResponse<String> answer = send(multipart(body.getBytes(UTF_8)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertNothingKept();
  }

  @Test
  void refusesAFormWithoutABoundary() {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(uri())
                .header("Content-Type", "multipart/form-data")
                .POST(HttpRequest.BodyPublishers.ofString("--b--")));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("malformed-multipart");
  }

  @Test
  void refusesWrongParts() {
    request()
        .multiPart("data_type", "source_code")
        .post(path())
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("file"));
    request()
        .multiPart("attachment", "a.log", LOG.getBytes(UTF_8))
        .post(path())
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("file"));
    request()
        .multiPart("file", "not a file")
        .post(path())
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("file"));
    request()
        .multiPart("file", "a.log", LOG.getBytes(UTF_8))
        .multiPart("colour", "red")
        .post(path())
        .then()
        .statusCode(400)
        .body("errors[0].message", containsString("unknown part"));
    request()
        .multiPart("file", "a.log", LOG.getBytes(UTF_8))
        .multiPart("data_type", "poetry")
        .post(path())
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("data_type"));
    request()
        .multiPart("file", "a.log", LOG.getBytes(UTF_8))
        .multiPart("processing_mode", "overview_cached")
        .multiPart("processing_mode", "full_cached")
        .post(path())
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("processing_mode"));
    assertNothingKept();
  }

  @Test
  void refusesAnotherContentType() {
    request()
        .contentType("application/json")
        .body("{}")
        .post(path())
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
  }

  @Test
  void refusesTooManyFiles() {
    RequestSpecification request = request();
    for (int i = 0; i < 11; i++) {
      request.multiPart("file", i + ".log", LOG.getBytes(UTF_8));
    }
    request.post(path()).then().statusCode(400).body("errors[0].message", containsString("10"));
    assertNothingKept();
  }

  @Test
  void refusesCallersWithoutAValidToken() {
    for (String token :
        List.of(
            TestTokens.expired(user),
            TestTokens.wrongAudience(user),
            TestTokens.wrongIssuer(user),
            TestTokens.forged(user))) {
      given()
          .auth()
          .oauth2(token)
          .multiPart("file", "a.log", LOG.getBytes(UTF_8))
          .post(path())
          .then()
          .statusCode(401)
          .contentType("application/problem+json");
    }
    given()
        .multiPart("file", "a.log", LOG.getBytes(UTF_8))
        .post(path())
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
    assertNothingKept();
  }

  @Test
  void hidesCasesOfOthers() {
    upload("a.log", LOG.getBytes(UTF_8)).then().statusCode(201);
    String stranger = Ids.next();

    send(stranger).then().statusCode(404).body("code", equalTo("not-found"));
    send(stranger, "analyst").then().statusCode(403).body("code", equalTo("forbidden"));
    send(stranger, "admin").then().statusCode(201);

    assertThat(number("SELECT count(*) FROM uploaded_files WHERE case_id = $1", caseId))
        .isEqualTo(2);
    assertThat(
            text(
                "SELECT string_agg(DISTINCT uploaded_by, ',') FROM uploaded_files WHERE case_id ="
                    + " $1 AND uploaded_by <> '"
                    + user
                    + "'",
                caseId))
        .isEqualTo(stranger);
  }

  @Test
  void asksCaseServiceForCasesThatItDoesNotKnow() {
    for (String unknown : List.of(Neighbours.missingCase(), "not-an-id", Ids.next() + "x")) {
      request()
          .multiPart("file", "a.log", LOG.getBytes(UTF_8))
          .post("/api/v1/cases/" + unknown + "/files")
          .then()
          .statusCode(404);
    }
    for (String away : List.of(Neighbours.brokenCase(), Neighbours.silentCase())) {
      request()
          .multiPart("file", "a.log", LOG.getBytes(UTF_8))
          .post("/api/v1/cases/" + away + "/files")
          .then()
          .statusCode(503)
          .header("Retry-After", notNullValue())
          .body("code", equalTo("case-service-unavailable"));
    }
  }

  @Test
  void answersARepeatedRequestAgain() {
    String key = Ids.next();
    Response first = withKey(key, "app.log", LOG.getBytes(UTF_8));
    Response second = withKey(key, "app.log", LOG.getBytes(UTF_8));

    first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
    second.then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
    assertThat(second.asString()).isEqualTo(first.asString());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    withKey(key, "app.log", "another\n".getBytes(UTF_8))
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency-key-reused"));
    assertThat(number("SELECT count(*) FROM uploaded_files WHERE case_id = $1", caseId))
        .isEqualTo(1);
    assertThat(number("SELECT count(*) FROM outbox WHERE aggregate_id = $1", caseId)).isEqualTo(1);
  }

  @Test
  void keepsOneFileOfRequestsWithOneKeyAtTheSameTime() {
    String key = Ids.next();
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            withKey(key, "app.log", LOG.getBytes(UTF_8))
                                .then()
                                .statusCode(201)
                                .extract()
                                .<String>path("file_id")))
            .toList();

    assertThat(calls.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(number("SELECT count(*) FROM uploaded_files WHERE case_id = $1", caseId))
        .isEqualTo(1);
    assertThat(storage.list("artifacts/" + caseId + "/", "", 10).await().atMost(PATIENCE))
        .hasSize(1);
  }

  @Test
  void processesSeveralFilesAtOnce() {
    request()
        .multiPart("file", "app.log", LOG.getBytes(UTF_8))
        .multiPart("file", "app.yaml", "server:\n  port: 8080\n".getBytes(UTF_8))
        .multiPart("file", "Main.java", "class Main {}\n".getBytes(UTF_8))
        .post(path())
        .then()
        .statusCode(201)
        .body("files", hasSize(3))
        .body("files[0].filename", equalTo("app.log"))
        .body("files[0].result.data_type", equalTo("logs_and_errors"))
        .body("files[1].result.data_type", equalTo("structured_config"))
        .body("files[2].result.data_type", equalTo("source_code"))
        .body("files[2].status", equalTo(201));
    assertThat(number("SELECT count(*) FROM outbox WHERE aggregate_id = $1", caseId)).isEqualTo(3);
  }

  @Test
  void saysWhichOfSeveralFilesWasRefused() {
    request()
        .multiPart("file", "app.log", LOG.getBytes(UTF_8))
        .multiPart("file", "empty.log", new byte[0])
        .multiPart("file", "large.log", lines(LIMIT + 5))
        .post(path())
        .then()
        .statusCode(207)
        .body("files[0].status", equalTo(201))
        .body("files[1].status", equalTo(422))
        .body("files[1].code", equalTo("empty-file"))
        .body("files[2].status", equalTo(413))
        .body("files[2].code", equalTo("file-too-large"));
    assertThat(number("SELECT count(*) FROM uploaded_files WHERE case_id = $1", caseId))
        .isEqualTo(1);
  }

  @Test
  void comparesAConfigurationWithItsPreviousVersion() {
    upload("app.yaml", "server:\n  port: 8080\n  threads: 4\n".getBytes(UTF_8))
        .then()
        .statusCode(201);

    String extraction =
        upload("app.yaml", "server:\n  port: 9090\n  threads: 4\n".getBytes(UTF_8))
            .then()
            .statusCode(201)
            .extract()
            .path("full_extraction");

    assertThat(extraction).contains("8080").contains("9090");
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private RequestSpecification request() {
    return given().auth().oauth2(TestTokens.bearer(user));
  }

  private Response upload(String name, byte[] bytes) {
    return request()
        .multiPart(new MultiPartSpecBuilder(bytes).controlName("file").fileName(name).build())
        .post(path());
  }

  private Response withKey(String key, String name, byte[] bytes) {
    return request().header("Idempotency-Key", key).multiPart("file", name, bytes).post(path());
  }

  private Response send(String userId, String... roles) {
    return given()
        .auth()
        .oauth2(TestTokens.bearer(userId, roles))
        .multiPart("file", "a.log", LOG.getBytes(UTF_8))
        .post(path());
  }

  private HttpRequest.Builder multipart(byte[] body) {
    return HttpRequest.newBuilder(uri())
        .header("Content-Type", "multipart/form-data; boundary=b")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          request
              .header("Authorization", "Bearer " + TestTokens.bearer(user))
              .timeout(PATIENCE)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String part(String name, String filename, String content) {
    return "--b\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"; filename=\""
        + filename
        + "\"\r\n\r\n"
        + content
        + "\r\n--b--\r\n";
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + port + path());
  }

  private String path() {
    return "/api/v1/cases/" + caseId + "/files";
  }

  private static byte[] lines(int size) {
    byte[] line = "2026-01-15T10:00:00Z INFO request 4711 handled in 12 ms\n".getBytes(UTF_8);
    byte[] all = new byte[size];
    for (int at = 0; at < size; at += line.length) {
      System.arraycopy(line, 0, all, at, Math.min(line.length, size - at));
    }
    return Arrays.copyOf(all, size);
  }

  private void assertNothingKept() {
    assertThat(number("SELECT count(*) FROM uploaded_files WHERE case_id = $1", caseId)).isZero();
    assertThat(number("SELECT count(*) FROM outbox WHERE aggregate_id = $1", caseId)).isZero();
    assertThat(storage.list("artifacts/" + caseId + "/", "", 10).await().atMost(PATIENCE))
        .isEmpty();
  }

  private String text(String sql, String id) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(id))
        .await()
        .atMost(PATIENCE)
        .iterator()
        .next()
        .getString(0);
  }

  private long number(String sql, String id) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(id))
        .await()
        .atMost(PATIENCE)
        .iterator()
        .next()
        .getLong(0);
  }
}
