package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.add;
import static com.faultmaven.cases.api.CaseCalls.addEvidence;
import static com.faultmaven.cases.api.CaseCalls.addHypothesis;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.become;
import static com.faultmaven.cases.api.CaseCalls.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.cases.Database;
import com.faultmaven.cases.domain.ArchivedCases;
import com.faultmaven.cases.domain.ArchivedCases.WholeCase;
import com.faultmaven.cases.domain.CaseArchive;
import com.faultmaven.cases.jobs.ArchiveCasesJob;
import com.faultmaven.cases.jobs.DeleteEndedCasesJob;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.userdata.UserDataErasure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ended cases leave the database for a bucket, and come back as they were. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class ArchiveTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> TABLES =
      List.of(
          "evidence",
          "hypotheses",
          "solutions",
          "case_messages",
          "case_status_transitions",
          "agent_tool_calls");

  @Inject CaseArchive archive;
  @Inject ArchivedCases archived;
  @Inject ArchiveCasesJob archiveJob;
  @Inject DeleteEndedCasesJob deleteJob;
  @Inject StorageBackend storage;
  @Inject UserDataErasure erasure;
  @Inject Transactions transactions;
  @Inject Pool pool;
  @Inject ObjectMapper json;

  private final String user = Ids.next();

  @Test
  void comesBackAsItWas() throws IOException {
    String caseId = resolved();
    JsonNode before = load(caseId);

    as(user)
        .post("/api/v1/cases/{id}/archive", caseId)
        .then()
        .statusCode(200)
        .body("archived_at", notNullValue())
        .body("status", equalTo("resolved"));
    assertThat(rows(caseId)).isZero();
    assertThat(stored(caseId)).isTrue();

    // The first who reads it gets it restored, without noticing.
    assertThat(withoutVersion(load(caseId))).isEqualTo(withoutVersion(before));
    assertThat(rows(caseId)).isPositive();
  }

  /** As an older release let a change of the case do it. */
  @Test
  void losesAMarkThatIsNotTheArchives() throws IOException {
    String caseId = archivedCase();
    load(caseId);
    addEvidence(user, caseId, "after the restoration");
    JsonNode before = load(caseId);
    Database.rows(
        pool, "UPDATE cases SET archived_at = now() WHERE case_id = $1 RETURNING 1", caseId);

    assertThat(withoutVersion(load(caseId))).isEqualTo(withoutVersion(before));
    assertThat(isArchived(caseId)).isFalse();
  }

  @Test
  void staysInListsWhileItIsArchived() {
    String caseId = archivedCase();

    as(user)
        .get("/api/v1/cases?status=resolved")
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].case_id", equalTo(caseId));
    assertThat(rows(caseId)).isZero();
    as(user).get("/api/v1/cases").then().body("items", hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evidence", "messages", "hypotheses", "solutions", "tool-calls"})
  void isRestoredForWhoReadsItsRows(String part) {
    String caseId = archivedCase();

    as(user)
        .get("/api/v1/cases/{id}/" + part, caseId)
        .then()
        .statusCode(200)
        .body("items", hasSize(org.hamcrest.Matchers.greaterThan(0)));
  }

  @Test
  void isRestoredForWhoWritesToIt() {
    String caseId = archivedCase();

    addEvidence(user, caseId, "came late");

    as(user)
        .get("/api/v1/cases/{id}/evidence", caseId)
        .then()
        .body("items.content", org.hamcrest.Matchers.hasItems("came late", "seen 0"));
  }

  @Test
  void isRestoredByHandOnce() {
    String caseId = archivedCase();

    long version =
        as(user)
            .post("/api/v1/cases/{id}/restore", caseId)
            .then()
            .statusCode(200)
            .body("archived_at", nullValue())
            .extract()
            .jsonPath()
            .getLong("version");
    as(user)
        .post("/api/v1/cases/{id}/restore", caseId)
        .then()
        .statusCode(200)
        .body("version", equalTo((int) version));
    assertThat(events(caseId)).endsWith("case.archived.v1", "case.restored.v1");
  }

  @Test
  void onlyEndedCasesOfOnesOwnAreArchived() {
    String caseId = open(user);
    as(user)
        .post("/api/v1/cases/{id}/archive", caseId)
        .then()
        .statusCode(409)
        .body("code", equalTo("case-not-ended"));
    as(Ids.next()).post("/api/v1/cases/{id}/archive", caseId).then().statusCode(404);
    as(Ids.next(), "user", "analyst")
        .post("/api/v1/cases/{id}/archive", caseId)
        .then()
        .statusCode(403);
    String archived = archivedCase();
    as(user).post("/api/v1/cases/{id}/archive", archived).then().statusCode(200);
    assertThat(events(archived).stream().filter("case.archived.v1"::equals)).hasSize(1);
  }

  @Test
  void anObjectWithoutATransactionChangesNothing() throws IOException {
    String caseId = resolved();
    JsonNode before = load(caseId);
    WholeCase whole =
        transactions
            .inTransaction(tx -> archived.lockToArchive(tx, caseId))
            .await()
            .atMost(PATIENCE)
            .orElseThrow();

    // As after a crash between the object and the commit.
    archived.store(whole).await().atMost(PATIENCE);

    assertThat(stored(caseId)).isTrue();
    assertThat(load(caseId)).isEqualTo(before);
    assertThat(archive.archive(caseId).await().atMost(PATIENCE)).isPresent();
    assertThat(withoutVersion(load(caseId))).isEqualTo(withoutVersion(before));
  }

  @Test
  void theJobArchivesWhatIsDueAndNothingElse() {
    String due = resolved();
    String young = resolved();
    String closed = closed();
    String youngClosed = closed();
    age(due, "resolved_at", "90 days 1 hour");
    age(young, "resolved_at", "89 days 23 hours");
    age(closed, "updated_at", "30 days 1 hour");
    age(youngClosed, "updated_at", "29 days 23 hours");

    JobReport report = archiveJob.run(run()).await().atMost(PATIENCE);

    assertThat(report.counts().get("archived")).isGreaterThanOrEqualTo(2);
    assertThat(report.bytes()).isPositive();
    assertThat(List.of(due, closed)).allMatch(this::isArchived);
    assertThat(List.of(young, youngClosed)).noneMatch(this::isArchived);
    assertThat(archiveJob.run(run()).await().atMost(PATIENCE).counts())
        .containsEntry("archived", 0L);
  }

  @Test
  void aCaseThatIsTooLargeKeepsNoOtherOneFromTheArchive() {
    String large = closed();
    String other = closed();
    Database.rows(
        pool,
        """
        INSERT INTO evidence (evidence_id, case_id, content, source_type, form, created_at)
        VALUES (md5($1), $1, repeat('large ', 3000000), 'other', 'document', now()) RETURNING 1
        """,
        large);
    age(large, "updated_at", "40 days");
    age(other, "updated_at", "31 days");

    JobReport report = archiveJob.run(run()).await().atMost(PATIENCE);

    assertThat(report.counts()).containsEntry("too_large", 1L).containsEntry("failed", 0L);
    assertThat(isArchived(other)).isTrue();
    assertThat(isArchived(large)).isFalse();
    as(user)
        .post("/api/v1/cases/{id}/archive", large)
        .then()
        .statusCode(409)
        .body("code", equalTo("case-too-large"));
    as(user).delete("/api/v1/cases/{id}", large).then().statusCode(204);
  }

  @Test
  void endedCasesAreDeletedAfterAYearWithTheirObjects() {
    String old = archivedCase();
    String young = archivedCase();
    age(old, "resolved_at", "366 days");
    age(young, "resolved_at", "364 days");

    deleteJob.run(run()).await().atMost(PATIENCE);
    archiveJob.run(run()).await().atMost(PATIENCE);

    as(user).get("/api/v1/cases/{id}", old).then().statusCode(404);
    assertThat(stored(old)).isFalse();
    assertThat(events(old)).endsWith("case.deleted.v1");
    assertThat(stored(young)).isTrue();
    as(user).get("/api/v1/cases/{id}", young).then().statusCode(200);
  }

  @Test
  void aDeletedCaseTakesItsObjectAlong() {
    String caseId = archivedCase();

    as(user).delete("/api/v1/cases/{id}", caseId).then().statusCode(204);
    archiveJob.run(run()).await().atMost(PATIENCE);

    assertThat(stored(caseId)).isFalse();
  }

  @Test
  void erasureLeavesNoObject() {
    String caseId = archivedCase();

    Map<String, Long> erased =
        transactions
            .inTransaction(tx -> erasure.erase(tx, user, Instant.now()))
            .await()
            .atMost(PATIENCE);

    assertThat(erased).containsEntry("cases", 1L);
    assertThat(stored(caseId)).isFalse();
    assertThat(Database.rows(pool, "SELECT 1 FROM archived_objects WHERE case_id = $1", caseId))
        .isEmpty();
  }

  private String archivedCase() {
    String caseId = resolved();
    as(user).post("/api/v1/cases/{id}/archive", caseId).then().statusCode(200);
    return caseId;
  }

  private String closed() {
    String caseId = open(user);
    become(user, caseId, "closed", "abandoned").then().statusCode(200);
    return caseId;
  }

  private String resolved() {
    String caseId = open(user, Map.of("title", "Pool", "tags", List.of("database", "pool")));
    List<String> evidence =
        IntStream.range(0, 3).mapToObj(i -> addEvidence(user, caseId, "seen " + i)).toList();
    String hypothesis = addHypothesis(user, caseId, "It is too small");
    as(user)
        .body(Map.of("evidence_id", evidence.getFirst(), "relationship", "supports"))
        .post("/api/v1/cases/{id}/hypotheses/{h}/links", caseId, hypothesis)
        .then()
        .statusCode(200);
    add(
            user,
            caseId,
            "solutions",
            Map.of("description", "x", "category", "fix", "linked_hypothesis_id", hypothesis))
        .then()
        .statusCode(201);
    add(
            user,
            caseId,
            "messages",
            Map.of("message_type", "user_query", "role", "user", "content", "Why? ünï"))
        .then()
        .statusCode(201);
    String call =
        add(user, caseId, "tool-calls", Map.of("tool_name", "grep", "input_params", Map.of("a", 1)))
            .path("call_id");
    as(user)
        .body(Map.of("status", "success", "output_result", Map.of("lines", 3)))
        .patch("/api/v1/cases/{id}/tool-calls/{call}", caseId, call)
        .then()
        .statusCode(200);
    become(user, caseId, "investigating").then().statusCode(200);
    become(user, caseId, "resolved", "resolved").then().statusCode(200);
    return caseId;
  }

  private JsonNode load(String caseId) throws IOException {
    return json.readTree(
        as(user).get("/api/v1/cases/{id}", caseId).then().statusCode(200).extract().asString());
  }

  private static JsonNode withoutVersion(JsonNode whole) {
    return ((ObjectNode) whole.deepCopy()).without("version");
  }

  private boolean isArchived(String caseId) {
    return Database.number(
            pool,
            "SELECT count(*) FROM cases WHERE case_id = $1 AND archived_at IS NOT NULL",
            caseId)
        == 1;
  }

  private boolean stored(String caseId) {
    return storage.exists("archive/" + caseId + ".json.gz").await().atMost(PATIENCE);
  }

  private long rows(String caseId) {
    return TABLES.stream()
        .mapToLong(
            table ->
                Database.number(
                    pool, "SELECT count(*) FROM " + table + " WHERE case_id = $1", caseId))
        .sum();
  }

  private List<String> events(String caseId) {
    return Database.rows(
            pool,
            "SELECT replace(event_type, 'com.faultmaven.', '') FROM outbox"
                + " WHERE aggregate_id = $1 ORDER BY seq",
            caseId)
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private void age(String caseId, String column, String age) {
    Database.rows(
        pool,
        "UPDATE cases SET %s = now() - interval '%s' WHERE case_id = $1 RETURNING 1"
            .formatted(column, age),
        caseId);
  }

  private static JobContext run() {
    return new JobContext(Ids.next(), Instant.now());
  }
}
