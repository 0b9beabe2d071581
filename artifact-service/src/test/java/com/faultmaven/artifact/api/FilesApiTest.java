package com.faultmaven.artifact.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.faultmaven.artifact.Neighbours;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.apache.http.entity.mime.HttpMultipartMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(Neighbours.class)
class FilesApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String DIGITS = "0123456789\n";

  @Inject Pool pool;
  @Inject StorageBackend storage;

  private final String user = Ids.next();
  private final String caseId = Ids.next();
  private final FileApiClient owner = new FileApiClient(user);
  private final FileApiClient stranger = new FileApiClient(Ids.next());
  private final FileApiClient analyst = new FileApiClient(Ids.next(), "analyst");
  private final FileApiClient admin = new FileApiClient(Ids.next(), "admin");

  @Test
  void showsAFileWithItsResult() {
    String fileId = owner.uploaded(caseId, "digits.txt", DIGITS);

    owner
        .request()
        .get("/api/v1/files/" + fileId)
        .then()
        .statusCode(200)
        .body("file_id", equalTo(fileId))
        .body("case_id", equalTo(caseId))
        .body("filename", equalTo("digits.txt"))
        .body("size_bytes", equalTo(DIGITS.length()))
        .body("preprocessing_status", equalTo("completed"))
        .body("processing_mode", equalTo("overview_cached"))
        .body("uploaded_by", equalTo(user))
        .body("result.summary", notNullValue())
        .body("result.file_id", equalTo(fileId))
        .body("s3_key", nullValue())
        .body("result.s3_key", nullValue());
  }

  @Test
  void givesTheRedactedTextOnDemand() {
    String fileId =
        owner.uploaded(caseId, "app.log", "2026-01-15T10:00:00Z ERROR password=hunter2secret\n");

    String text =
        owner
            .request()
            .get("/api/v1/files/" + fileId + "?sanitized_content=true")
            .then()
            .statusCode(200)
            .extract()
            .path("result.sanitized_content");

    assertThat(text)
        .startsWith("2026-01-15T10:00:00Z ERROR password=")
        .contains("REDACTED")
        .doesNotContain("hunter2secret");
    owner
        .request()
        .get("/api/v1/files/" + fileId)
        .then()
        .body("result.sanitized_content", nullValue());
  }

  @Test
  void tellsServicesWhereTheBytesAre() {
    String fileId = owner.uploaded(caseId, "digits.txt", DIGITS);

    new FileApiClient("case-service", "service")
        .request()
        .get("/api/v1/files/" + fileId)
        .then()
        .statusCode(200)
        .body("s3_key", equalTo("artifacts/" + caseId + "/" + fileId + "/digits.txt"));
  }

  @Test
  void listsNewestFirstInPages() {
    List<String> ids =
        List.of(
            owner.uploaded(caseId, "1.txt", DIGITS),
            owner.uploaded(caseId, "2.txt", DIGITS),
            owner.uploaded(caseId, "3.txt", DIGITS));

    list("?limit=2")
        .then()
        .statusCode(200)
        .body("total", equalTo(3))
        .body("items", hasSize(2))
        .body("items[0].file_id", equalTo(ids.get(2)))
        .body("items[1].file_id", equalTo(ids.get(1)))
        .body("items[0].result", nullValue());
    list("?limit=2&offset=2")
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].file_id", equalTo(ids.get(0)));
    list("?limit=0").then().statusCode(400).body("errors[0].field", equalTo("limit"));
    list("?limit=201").then().statusCode(400);
    list("?offset=-1").then().statusCode(400).body("errors[0].field", equalTo("offset"));
  }

  @Test
  void letsOnlyThoseSeeAndChangeWhoMay() {
    String fileId = owner.uploaded(caseId, "digits.txt", DIGITS);
    String file = "/api/v1/files/" + fileId;
    for (String path : List.of(file, file + "/content", "/api/v1/cases/" + caseId + "/files")) {
      stranger.request().get(path).then().statusCode(404);
      analyst.request().get(path).then().statusCode(200);
      admin.request().get(path).then().statusCode(200);
      given().get(path).then().statusCode(401).contentType("application/problem+json");
      given().auth().oauth2(TestTokens.expired(user)).get(path).then().statusCode(401);
    }
    stranger.request().get(file + "/events").then().statusCode(404);
    stranger.request().delete(file).then().statusCode(404);
    analyst.request().delete(file).then().statusCode(403).body("code", equalTo("forbidden"));
    stranger.choose(fileId, "overview_cached").then().statusCode(404);
    analyst.choose(fileId, "overview_cached").then().statusCode(403);
    admin.request().delete(file).then().statusCode(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01890000-0000-7000-8000-000000000000", "nonsense", "..%2F..", "a'b"})
  void knowsNothingOfOtherIds(String id) {
    owner.request().urlEncodingEnabled(false).get("/api/v1/files/" + id).then().statusCode(404);
    owner.request().urlEncodingEnabled(false).delete("/api/v1/files/" + id).then().statusCode(404);
  }

  @Test
  void deletesRowEventAndObject() {
    String fileId = owner.uploaded(caseId, "digits.txt", DIGITS);
    String key = "artifacts/" + caseId + "/" + fileId + "/digits.txt";
    assertThat(storage.exists(key).await().atMost(PATIENCE)).isTrue();

    owner.request().delete("/api/v1/files/" + fileId).then().statusCode(204);

    owner.request().get("/api/v1/files/" + fileId).then().statusCode(404);
    owner.request().get("/api/v1/files/" + fileId + "/content").then().statusCode(404);
    owner.request().delete("/api/v1/files/" + fileId).then().statusCode(404);
    assertThat(storage.exists(key).await().atMost(PATIENCE)).isFalse();
    assertThat(
            count(
                "SELECT count(*) FROM outbox WHERE aggregate_id = $1 AND event_type ="
                    + " 'com.faultmaven.artifact.deleted.v1'"))
        .isEqualTo(1);
  }

  @Test
  void givesTheRawBytes() {
    String fileId = uploadedInUtf8("größe 1.txt");

    Response answer = content(fileId, null);

    answer
        .then()
        .statusCode(200)
        .contentType("application/octet-stream")
        .header("Content-Length", "11")
        .header("Transfer-Encoding", nullValue())
        .header("Accept-Ranges", "bytes")
        .header("X-Content-Type-Options", "nosniff")
        .header("ETag", containsString("\""))
        .header("Content-Disposition", containsString("filename*=UTF-8''gr%C3%B6%C3%9Fe%20"));
    assertThat(answer.asString()).isEqualTo(DIGITS);
    String etag = answer.header("ETag");
    owner
        .request()
        .header("If-None-Match", etag)
        .get("/api/v1/files/" + fileId + "/content")
        .then()
        .statusCode(304)
        .header("ETag", etag);
    owner
        .request()
        .header("Range", "bytes=0-1")
        .header("If-Range", "\"another\"")
        .get("/api/v1/files/" + fileId + "/content")
        .then()
        .statusCode(200)
        .header("Content-Length", "11");
    owner
        .request()
        .header("Range", "bytes=0-1")
        .header("If-Range", etag)
        .get("/api/v1/files/" + fileId + "/content")
        .then()
        .statusCode(206);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 0123, bytes 0-3/11",
    "bytes=7-8, 206, 78, bytes 7-8/11",
    "bytes=3-3, 206, 3, bytes 3-3/11",
    "bytes=8-8000, 206, '89\n', bytes 8-10/11",
    "bytes=-2, 206, '9\n', bytes 9-10/11",
    "bytes=-99, 206, '0123456789\n', bytes 0-10/11",
    "'bytes=0-1,3-4', 200, '0123456789\n',",
    "lines=0-1, 200, '0123456789\n',",
    "bytes=5-2, 200, '0123456789\n',"
  })
  void givesThePartThatIsAskedFor(
      String range, int status, String body, @org.jspecify.annotations.Nullable String given) {
    String fileId = owner.uploaded(caseId, "digits.txt", DIGITS);

    Response answer = content(fileId, range);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.asString()).isEqualTo(body);
    assertThat(answer.header("Content-Range")).isEqualTo(given);
    assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(body.length()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=11-", "bytes=11-20", "bytes=-0"})
  void refusesPartsBehindTheEnd(String range) {
    String fileId = owner.uploaded(caseId, "digits.txt", DIGITS);

    content(fileId, range)
        .then()
        .statusCode(416)
        .contentType("application/problem+json")
        .header("Content-Range", "bytes */11");
  }

  @Test
  void redirectsToAnAddressThatNeedsNoToken() throws IOException, InterruptedException {
    String fileId = owner.uploaded(caseId, "digits.txt", DIGITS);

    String location =
        owner
            .request()
            .redirects()
            .follow(false)
            .get("/api/v1/files/" + fileId + "/content?redirect=true")
            .then()
            .statusCode(303)
            .extract()
            .header("Location");

    assertThat(location).contains("X-Amz-Expires=300");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(location)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(DIGITS);
    }
  }

  @Test
  void searchesThroughKnowledgeService() {
    owner.uploaded(caseId, "digits.txt", DIGITS);

    search("?q=pool exhausted&k=7")
        .then()
        .statusCode(200)
        .body("items[0].text", equalTo("pool exhausted"))
        .body("items[0].case_id", equalTo(caseId))
        .body("items[0].asked_by", equalTo(user))
        .body("items[0].k", equalTo(7));
    search("").then().statusCode(400).body("errors[0].field", equalTo("q"));
    search("?q=x&k=0").then().statusCode(400).body("errors[0].field", equalTo("k"));
    search("?q=x&k=51").then().statusCode(400);
    search("?q=x&k=many").then().statusCode(404);
    stranger.request().get("/api/v1/cases/" + caseId + "/files/search?q=x").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"break", "hang"})
  void saysThatKnowledgeServiceIsAway(String query) {
    owner.uploaded(caseId, "digits.txt", DIGITS);

    search("?q=" + query)
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .body("code", equalTo("knowledge-service-unavailable"));
  }

  @Test
  void tellsWhereAProcessedFileIs() {
    String fileId = owner.uploaded(caseId, "digits.txt", DIGITS);

    String stream =
        owner
            .request()
            .accept("text/event-stream")
            .get("/api/v1/files/" + fileId + "/events")
            .then()
            .statusCode(200)
            .extract()
            .asString();

    assertThat(stream).contains("\"stage\":\"completed\"").contains(fileId);
  }

  private String uploadedInUtf8(String name) {
    return owner
        .request()
        .config(
            RestAssuredConfig.config()
                .httpClient(
                    HttpClientConfig.httpClientConfig()
                        .httpMultipartMode(HttpMultipartMode.RFC6532)))
        .multiPart("file", name, DIGITS.getBytes(UTF_8))
        .post("/api/v1/cases/" + caseId + "/files")
        .then()
        .statusCode(201)
        .extract()
        .path("file_id");
  }

  private Response list(String query) {
    return owner.request().get("/api/v1/cases/" + caseId + "/files" + query);
  }

  private Response search(String query) {
    return owner.request().get("/api/v1/cases/" + caseId + "/files/search" + query);
  }

  private Response content(String fileId, @org.jspecify.annotations.Nullable String range) {
    var request = owner.request();
    if (range != null) {
      request.header("Range", range);
    }
    return request.get("/api/v1/files/" + fileId + "/content");
  }

  private long count(String sql) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(caseId))
        .await()
        .atMost(PATIENCE)
        .iterator()
        .next()
        .getLong(0);
  }
}
