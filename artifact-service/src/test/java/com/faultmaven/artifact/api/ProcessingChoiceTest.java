package com.faultmaven.artifact.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.faultmaven.artifact.Neighbours;
import com.faultmaven.artifact.jobs.Housekeeping;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(Neighbours.class)
class ProcessingChoiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LINE = "2026-01-15T10:00:00Z INFO request handled in 12 ms\n";
  private static final String LARGE =
      "2026-01-15T09:59:59Z ERROR password=hunter2secret refused\n"
          + LINE.repeat(102_400 / LINE.length())
          + LINE;

  @Inject Pool pool;
  @Inject StorageBackend storage;
  @Inject Housekeeping housekeeping;

  private final String caseId = Ids.next();
  private final FileApiClient owner = new FileApiClient(Ids.next());

  @Test
  void asksWhatToDoWithALargeText() {
    String fileId = undecided();

    owner
        .request()
        .get("/api/v1/files/" + fileId)
        .then()
        .statusCode(200)
        .body("preprocessing_status", equalTo("awaiting_decision"))
        .body("decision.choices", hasSize(4))
        .body("decision.choices[0].estimated_time_ms", greaterThan(0))
        .body("decision.preview", containsString("REDACTED"))
        .body("expires_at", notNullValue())
        .body("result", nullValue());
    assertThat(events()).isZero();
  }

  @Test
  void asksNothingBelowTheLimitOrWhenTheChoiceWasMade() {
    owner.upload(caseId, "small.log", LINE.repeat(1_000)).then().statusCode(201);
    owner
        .upload(caseId, "large.log", LARGE, "full_cached")
        .then()
        .statusCode(201)
        .body("processing_mode", equalTo("full_cached"));
  }

  @Test
  void processesAfterTheChoice() {
    String fileId = undecided();

    owner
        .choose(fileId, "overview_cached")
        .then()
        .statusCode(200)
        .body("file_id", equalTo(fileId))
        .body("data_type", equalTo("logs_and_errors"))
        .body("secrets_detected", equalTo(true));

    owner
        .request()
        .get("/api/v1/files/" + fileId)
        .then()
        .body("preprocessing_status", equalTo("completed"))
        .body("expires_at", nullValue())
        .body("decision", nullValue())
        .body("result.summary", notNullValue());
    assertThat(events()).isEqualTo(1);
    owner
        .choose(fileId, "full_cached")
        .then()
        .statusCode(409)
        .body("code", equalTo("already-processed"));
  }

  @Test
  void processesOnceWhenTheChoiceIsMadeTwiceAtTheSameTime() {
    String fileId = undecided();

    long processed =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> owner.choose(fileId, "overview_cached").statusCode()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .peek(status -> assertThat(status).isIn(200, 409))
            .filter(status -> status == 200)
            .count();

    assertThat(processed).isEqualTo(1);
    assertThat(events()).isEqualTo(1);
  }

  @Test
  void refusesChoicesThatAreNone() {
    String fileId = undecided();

    owner.choose(fileId, "everything").then().statusCode(400);
    owner
        .request()
        .contentType("application/json")
        .body("{}")
        .post("/api/v1/files/" + fileId + "/processing")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("processing_mode"));
    owner
        .request()
        .contentType("application/json")
        .body("{\"processing_mode\": \"full_cached\", \"speed\": 1}")
        .post("/api/v1/files/" + fileId + "/processing")
        .then()
        .statusCode(400);
    owner
        .request()
        .contentType("application/json")
        .body("{\"processing_mode\"")
        .post("/api/v1/files/" + fileId + "/processing")
        .then()
        .statusCode(400)
        .body("code", equalTo("malformed-json"));
  }

  @Test
  void keepsNothingOfAPreviewButTheRawFileForFiveMinutes() {
    String fileId =
        owner
            .upload(caseId, "large.log", LARGE, "preview_no_cache")
            .then()
            .statusCode(201)
            .body("extraction_method", equalTo("preview"))
            .body("full_extraction", containsString("REDACTED"))
            .body("full_extraction", containsString("lines left out"))
            .extract()
            .path("file_id");

    owner
        .request()
        .get("/api/v1/files/" + fileId)
        .then()
        .statusCode(200)
        .body("result", nullValue())
        .body("preprocessing_summary", nullValue())
        .body("expires_at", notNullValue());
    assertThat(events()).isZero();
    expire(fileId);

    housekeeping.deleteExpired().await().atMost(PATIENCE);
    housekeeping.deleteNotedObjects().await().atMost(PATIENCE);

    assertThat(rows(fileId)).isZero();
    assertThat(storage.exists(key(fileId)).await().atMost(PATIENCE)).isFalse();
  }

  @Test
  void keepsAPreviewedFileThatIsChosenAfterAll() {
    String fileId =
        owner
            .upload(caseId, "large.log", LARGE, "preview_no_cache")
            .then()
            .statusCode(201)
            .extract()
            .path("file_id");

    owner.choose(fileId, "targeted_search").then().statusCode(200);

    owner
        .request()
        .get("/api/v1/files/" + fileId)
        .then()
        .body("processing_mode", equalTo("targeted_search"))
        .body("expires_at", nullValue());
    assertThat(events()).isEqualTo(1);
  }

  @Test
  void forgetsAFileThatNobodyDecidedOn() {
    String fileId = undecided();
    expire(fileId);

    // Gone for everybody at once, whenever the job comes.
    owner.request().get("/api/v1/files/" + fileId).then().statusCode(404);
    owner.choose(fileId, "overview_cached").then().statusCode(404);
    housekeeping.deleteExpired().await().atMost(PATIENCE);
    housekeeping.deleteNotedObjects().await().atMost(PATIENCE);

    assertThat(rows(fileId)).isZero();
    assertThat(storage.exists(key(fileId)).await().atMost(PATIENCE)).isFalse();
    assertThat(events()).isZero();
  }

  @Test
  void takesUpAgainWhatACrashHasLeft() {
    String fileId = undecided();
    run(
        "UPDATE uploaded_files SET preprocessing_status = 'processing', processing_since = now()"
            + " WHERE file_id = $1",
        fileId);
    owner
        .choose(fileId, "overview_cached")
        .then()
        .statusCode(409)
        .body("code", equalTo("processing-in-progress"));
    run(
        "UPDATE uploaded_files SET processing_since = now() - interval '1 hour' WHERE file_id = $1",
        fileId);

    owner.choose(fileId, "overview_cached").then().statusCode(200);
  }

  @Test
  void followsTheStagesOfAProcessing() {
    String fileId = undecided();
    CompletableFuture<String> stream =
        CompletableFuture.supplyAsync(
            () ->
                owner
                    .request()
                    .accept("text/event-stream")
                    .get("/api/v1/files/" + fileId + "/events")
                    .asString());

    owner.choose(fileId, "overview_cached").then().statusCode(200);

    assertThat(stream.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join())
        .contains("\"stage\":\"completed\"");
  }

  private String undecided() {
    return owner
        .request()
        .multiPart("file", "large.log", LARGE.getBytes(UTF_8))
        .post("/api/v1/cases/" + caseId + "/files")
        .then()
        .statusCode(202)
        .header("Location", containsString("/api/v1/files/"))
        .body("preprocessing_status", equalTo("awaiting_decision"))
        .body("data_type", equalTo("logs_and_errors"))
        .body("choices", hasSize(4))
        .body("decide_by", notNullValue())
        .extract()
        .path("file_id");
  }

  private String key(String fileId) {
    return "artifacts/" + caseId + "/" + fileId + "/large.log";
  }

  private void expire(String fileId) {
    run(
        "UPDATE uploaded_files SET expires_at = now() - interval '1 second' WHERE file_id = $1",
        fileId);
  }

  private long rows(String fileId) {
    return number("SELECT count(*) FROM uploaded_files WHERE file_id = $1", fileId);
  }

  private long events() {
    return number("SELECT count(*) FROM outbox WHERE aggregate_id = $1", caseId);
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

  private void run(String sql, String id) {
    pool.preparedQuery(sql).execute(Tuple.of(id)).await().atMost(PATIENCE);
  }
}
