package com.faultmaven.knowledge.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.ArtifactDeleted;
import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.event.CaseCreated;
import com.faultmaven.common.event.CaseDeleted;
import com.faultmaven.common.event.DomainEvent;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.ProcessingMode;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.knowledge.CollectionName;
import com.faultmaven.common.model.knowledge.VectorDocument;
import com.faultmaven.common.repository.VectorStore;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import com.faultmaven.knowledge.api.CaseServiceStandIn;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(CaseServiceStandIn.class)
class CaseKnowledgeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Transactions transactions;
  @Inject Outbox outbox;
  @Inject Pool pool;
  @Inject VectorStore vectors;

  private final String user = Ids.next();
  private final String caseId = Ids.next();
  private final String fileId = Ids.next();

  @Test
  void makesAFileOfACaseFindable() {
    publish(created());
    publish(processed("Connection refused by 10.0.0.5:5432\n".repeat(200)));
    awaitFile();

    search(user, "database connection refused")
        .statusCode(200)
        .body("items[0].document_id", equalTo(fileId))
        .body("items[0].title", equalTo("app.log"))
        .body("items[0].document_type", equalTo("logs_and_errors"));
    ask(user, "Which address refuses connections?")
        .body("answered_by", equalTo("case_evidence"))
        .body("answer", containsString("10.0.0.5"));
    search(Ids.next(), "x", "analyst").statusCode(200);
    search(Ids.next(), "x", "admin").statusCode(200);
    search(Ids.next(), "x").statusCode(404);
    ask(Ids.next(), "x").statusCode(404);
    given()
        .contentType("application/json")
        .body("{}")
        .post("/api/v1/cases/" + caseId + "/knowledge/search")
        .then()
        .statusCode(401);
  }

  @Test
  void changesNothingWhenAnEventComesAgain() {
    publish(created());
    publish(processed("Disk /dev/sda1 is full\n".repeat(300)));
    awaitFile();
    List<VectorDocument> once = stored();

    publishAgain();
    // The same file once more, as after another run of its processing.
    publish(processed("Disk /dev/sda1 is full\n".repeat(300)));
    awaitProcessed(3);

    assertThat(stored()).isEqualTo(once);
    publish(processed("Disk /dev/sdb1 is fine now"));
    awaitProcessed(4);
    assertThat(stored())
        .singleElement()
        .satisfies(document -> assertThat(document.text()).contains("sdb1"));
  }

  @Test
  void findsNothingInAFileThatFailed() {
    publish(created());
    publish(processed("Disk full"));
    awaitFile();

    publish(processed(PreprocessingStatus.FAILED, "Try again"));

    await().atMost(PATIENCE).until(() -> stored().isEmpty());
  }

  @Test
  void forgetsADeletedFileAndADeletedCase() {
    publish(created());
    publish(processed("Disk full"));
    awaitFile();

    publish(new ArtifactDeleted(fileId, caseId, user, Instant.now()));
    await().atMost(PATIENCE).until(() -> stored().isEmpty());
    publish(processed("Disk full again"));
    awaitFile();
    publish(new CaseDeleted(caseId, user, Instant.now()));

    await()
        .atMost(PATIENCE)
        .until(() -> done(vectors.getCollection(CollectionName.ofCase(caseId))).isEmpty());
    await().atMost(PATIENCE).untilAsserted(() -> search(user, "disk").statusCode(404));
    // An event that was late makes nothing.
    publish(processed("Disk full, too late"));
    awaitProcessed(5);
    assertThat(done(vectors.getCollection(CollectionName.ofCase(caseId)))).isEmpty();
  }

  @Test
  void asksCaseServiceAboutACaseThatItHasNotHeardOf() {
    String known = "00000000-0000-7000-8000-1" + Ids.next().substring(25);
    String unknown = "00000000-0000-7000-8000-4" + Ids.next().substring(25);
    String failing = "00000000-0000-7000-8000-5" + Ids.next().substring(25);

    searchIn(known, CaseServiceStandIn.OWNER, "x").statusCode(200).body("items", empty());
    searchIn(known, user, "x").statusCode(404);
    searchIn(unknown, user, "x").statusCode(404);
    searchIn("not-an-id", user, "x").statusCode(404);
    searchIn(failing, user, "x").statusCode(503).body("code", equalTo("case-service-unavailable"));
  }

  private void awaitFile() {
    await().atMost(PATIENCE).until(() -> !stored().isEmpty());
  }

  private List<VectorDocument> stored() {
    return done(vectors.listDocuments(CollectionName.ofCase(caseId), Map.of(), 100, 0));
  }

  /** How many events of the case were applied: the created one is not counted. */
  private void awaitProcessed(int count) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                done(
                        pool.preparedQuery(
                                """
                                SELECT count(*) FROM outbox o
                                JOIN processed_events p ON p.event_id = o.event_id
                                WHERE o.data LIKE '%' || $1 || '%'
                                """)
                            .execute(Tuple.of(caseId))
                            .map(rows -> rows.iterator().next().getLong(0)))
                    >= count);
  }

  private void publishAgain() {
    done(
        pool.preparedQuery("UPDATE outbox SET published_at = NULL WHERE data LIKE '%' || $1 || '%'")
            .execute(Tuple.of(caseId)));
  }

  private void publish(DomainEvent event) {
    done(transactions.inTransaction(tx -> outbox.append(tx, event)));
  }

  private CaseCreated created() {
    return new CaseCreated(caseId, user, CaseStatus.CONSULTING, null, Instant.now());
  }

  private ArtifactProcessed processed(String extraction) {
    return processed(PreprocessingStatus.COMPLETED, extraction);
  }

  private ArtifactProcessed processed(PreprocessingStatus status, String extraction) {
    return new ArtifactProcessed(
        fileId,
        caseId,
        user,
        null,
        "app.log",
        DataType.LOGS_AND_ERRORS,
        10,
        "artifacts/x",
        status,
        "A summary",
        extraction,
        List.of(),
        Map.of(),
        1.0,
        "crime_scene",
        ProcessingMode.OVERVIEW_CACHED,
        Instant.now(),
        Instant.now());
  }

  private ValidatableResponse search(String userId, String query, String... roles) {
    return searchIn(caseId, userId, query, roles);
  }

  private static ValidatableResponse searchIn(
      String caseId, String userId, String query, String... roles) {
    return given()
        .auth()
        .oauth2(TestTokens.bearer(userId, roles))
        .contentType("application/json")
        .body(Map.of("query", query))
        .post("/api/v1/cases/" + caseId + "/knowledge/search")
        .then();
  }

  private ValidatableResponse ask(String userId, String question) {
    return given()
        .auth()
        .oauth2(TestTokens.bearer(userId))
        .contentType("application/json")
        .body(Map.of("question", question))
        .post("/api/v1/cases/" + caseId + "/knowledge/ask")
        .then();
  }

  private static <T> T done(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
