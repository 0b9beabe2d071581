package com.faultmaven.artifact.events;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.faultmaven.artifact.Neighbours;
import com.faultmaven.artifact.domain.CaseOwnership;
import com.faultmaven.artifact.domain.CaseProjection;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.CaseCreated;
import com.faultmaven.common.event.CaseDeleted;
import com.faultmaven.common.event.CaseStatusChanged;
import com.faultmaven.common.event.DomainEvent;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(Neighbours.class)
class CaseEventsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Transactions transactions;
  @Inject Outbox outbox;
  @Inject Pool pool;
  @Inject Clock clock;
  @Inject CaseProjection cases;
  @Inject StorageBackend storage;

  private final String user = Ids.next();

  @Test
  void knowsACaseThatWasOpened() {
    // case-service does not show it: what is known comes from the event alone.
    String caseId = Neighbours.missingCase();
    publish(new CaseCreated(caseId, user, CaseStatus.CONSULTING, null, clock.instant()));

    await().atMost(PATIENCE).until(() -> status(caseId).equals(Optional.of(CaseStatus.CONSULTING)));
    assertThat(upload(caseId)).isNotEmpty();
  }

  @Test
  void followsTheStatus() {
    String caseId = Ids.next();
    publish(new CaseCreated(caseId, user, CaseStatus.CONSULTING, null, clock.instant()));
    publish(changed(caseId, CaseStatus.CONSULTING, CaseStatus.INVESTIGATING));

    await()
        .atMost(PATIENCE)
        .until(() -> status(caseId).equals(Optional.of(CaseStatus.INVESTIGATING)));
  }

  @Test
  void appliesACopyOnce() {
    String caseId = Ids.next();
    publish(new CaseCreated(caseId, user, CaseStatus.CONSULTING, null, clock.instant()));
    publish(changed(caseId, CaseStatus.CONSULTING, CaseStatus.INVESTIGATING));
    await()
        .atMost(PATIENCE)
        .until(() -> status(caseId).equals(Optional.of(CaseStatus.INVESTIGATING)));

    publishAgain(caseId);
    publish(changed(caseId, CaseStatus.INVESTIGATING, CaseStatus.CLOSED));

    await().atMost(PATIENCE).until(() -> status(caseId).equals(Optional.of(CaseStatus.CLOSED)));
    assertThat(number("SELECT count(*) FROM cases WHERE case_id = $1", caseId)).isEqualTo(1);
  }

  @Test
  void deletesTheFilesOfADeletedCase() {
    String caseId = Ids.next();
    publish(new CaseCreated(caseId, user, CaseStatus.CONSULTING, null, clock.instant()));
    await().atMost(PATIENCE).until(() -> status(caseId).isPresent());
    String first = upload(caseId);
    String second = upload(caseId);
    String key = "artifacts/" + caseId + "/" + first + "/app.log";
    assertThat(storage.exists(key).await().atMost(PATIENCE)).isTrue();

    publish(new CaseDeleted(caseId, user, clock.instant()));

    await().atMost(PATIENCE).until(() -> status(caseId).isEmpty());
    assertThat(number("SELECT count(*) FROM uploaded_files WHERE case_id = $1", caseId)).isZero();
    assertThat(
            number(
                "SELECT count(*) FROM outbox WHERE aggregate_id = $1 AND event_type ="
                    + " 'com.faultmaven.artifact.deleted.v1'",
                caseId))
        .isEqualTo(2);
    await().atMost(PATIENCE).until(() -> !storage.exists(key).await().atMost(PATIENCE));
    read(first, 404);
    read(second, 404);
  }

  @Test
  void doesNotBringADeletedCaseBack() {
    String caseId = Ids.next();
    publish(new CaseCreated(caseId, user, CaseStatus.CONSULTING, null, clock.instant()));
    await().atMost(PATIENCE).until(() -> status(caseId).isPresent());
    publish(new CaseDeleted(caseId, user, clock.instant()));
    await().atMost(PATIENCE).until(() -> status(caseId).isEmpty());

    // An answer of case-service that is older than the deletion.
    boolean there =
        cases.add(new CaseOwnership(caseId, user, CaseStatus.CONSULTING)).await().atMost(PATIENCE);

    assertThat(there).isFalse();
    given()
        .auth()
        .oauth2(TestTokens.bearer(user))
        .multiPart("file", "app.log", "x".getBytes(UTF_8))
        .post("/api/v1/cases/" + caseId + "/files")
        .then()
        .statusCode(404);
  }

  private CaseStatusChanged changed(String caseId, CaseStatus from, CaseStatus to) {
    return new CaseStatusChanged(caseId, user, from, to, null, clock.instant());
  }

  private String upload(String caseId) {
    return given()
        .auth()
        .oauth2(TestTokens.bearer(user))
        .multiPart("file", "app.log", "2026-01-15T10:00:00Z ERROR refused\n".getBytes(UTF_8))
        .post("/api/v1/cases/" + caseId + "/files")
        .then()
        .statusCode(201)
        .extract()
        .path("file_id");
  }

  private void read(String fileId, int status) {
    given()
        .auth()
        .oauth2(TestTokens.bearer(user))
        .get("/api/v1/files/" + fileId)
        .then()
        .statusCode(status);
  }

  private void publish(DomainEvent event) {
    transactions
        .inTransaction(transaction -> outbox.append(transaction, event))
        .await()
        .atMost(PATIENCE);
  }

  /** As after a crash between Kafka's confirmation and the mark. */
  private void publishAgain(String caseId) {
    pool.preparedQuery("UPDATE outbox SET published_at = NULL WHERE aggregate_id = $1")
        .execute(Tuple.of(caseId))
        .await()
        .atMost(PATIENCE);
  }

  private Optional<CaseStatus> status(String caseId) {
    return cases.find(caseId).await().atMost(PATIENCE).map(CaseOwnership::status);
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
