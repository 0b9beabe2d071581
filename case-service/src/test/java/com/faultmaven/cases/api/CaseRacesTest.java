package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.addEvidence;
import static com.faultmaven.cases.api.CaseCalls.addHypothesis;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.become;
import static com.faultmaven.cases.api.CaseCalls.open;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;

import com.faultmaven.cases.Database;
import com.faultmaven.cases.domain.ArchivedCases;
import com.faultmaven.cases.domain.ArchivedCases.WholeCase;
import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.cases.jobs.ArchiveCasesJob;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.model.cases.EvidenceRelationship;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two who change a case at the same time: each of the tests stops one of them between its lines,
 * until the other one waits for it.
 */
@QuarkusTest
@WithTestResource(ServersResource.class)
class CaseRacesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject ArchivedCases archived;
  @Inject ArchiveCasesJob archiveJob;
  @Inject CaseStore store;
  @Inject StorageBackend storage;
  @Inject Transactions transactions;
  @Inject Pool pool;

  private final String user = Ids.next();

  static Stream<String> writes() {
    return Stream.of(
        "case changed",
        "evidence added",
        "several pieces of evidence added",
        "evidence added once",
        "evidence changed",
        "evidence deleted",
        "hypothesis added",
        "hypothesis changed",
        "evidence linked",
        "hypotheses evaluated",
        "solution added",
        "solution changed",
        "message added",
        "several messages added",
        "message added once",
        "tool call added",
        "tool call finished",
        "tags added",
        "tags replaced",
        "tag removed");
  }

  /**
   * The archive takes what it has read; whoever changes it meanwhile is neither lost nor refused.
   */
  @ParameterizedTest
  @MethodSource("writes")
  void aChangeWhileTheCaseIsArchivedShowsAfterwards(String name) {
    CaseWrites writes = new CaseWrites(user);
    String caseId = writes.caseId();
    end(caseId);
    assertThat(writes.all()).containsOnlyKeys(writes().toArray(String[]::new));

    Response answer = whileArchived(caseId, requireNonNull(writes.all().get(name), name));

    assertThat(answer.statusCode()).as(answer.asString()).isBetween(200, 299);
    assertThat(shows(name, load(caseId))).isTrue();
  }

  /** Whether the case's JSON has what the request has changed. */
  private static boolean shows(String name, String after) {
    return switch (name) {
      case "case changed" -> after.contains("\"title\":\"Another\"");
      case "evidence added" -> after.contains("\"content\":\"one\"");
      case "several pieces of evidence added", "several messages added" ->
          after.contains("\"content\":\"two\"") && after.contains("\"content\":\"three\"");
      case "evidence added once", "message added once" -> after.contains("with a key");
      case "evidence changed" -> after.contains("\"content\":\"Fifty\"");
      case "evidence deleted" -> !after.contains("A deployment at nine");
      case "hypothesis added" -> after.contains("Or a leak");
      case "hypothesis changed" -> after.contains("\"confidence_level\":\"probable\"");
      case "evidence linked" -> after.contains("\"relationship\"");
      case "hypotheses evaluated" -> after.contains("\"status\":\"validated\"");
      case "solution added" -> after.contains("Restart");
      case "solution changed" -> after.contains("\"status\":\"applying\"");
      case "message added" -> after.contains("\"content\":\"one\"");
      case "tool call added" -> after.contains("\"curl\"");
      case "tool call finished" -> after.contains("\"lines\"");
      case "tags added" -> after.contains("\"pool\"");
      case "tags replaced" -> after.contains("\"checkout\"");
      case "tag removed" -> after.contains("\"tags\":[]");
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Test
  void aCaseThatIsDeletedWhileItIsArchivedTakesItsObjectAlong() {
    String caseId = new CaseWrites(user).caseId();
    end(caseId);

    Response answer = whileArchived(caseId, () -> as(user).delete("/api/v1/cases/{id}", caseId));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(stored(caseId)).isTrue();
    archiveJob.run(run()).await().atMost(PATIENCE);
    assertThat(stored(caseId)).isFalse();
  }

  @Test
  void anObjectThatWasStoredBeforeACrashGoesWithItsCase() {
    String caseId = new CaseWrites(user).caseId();
    end(caseId);
    // As after a crash before the commit.
    assertThat(archived.expect(caseId, Instant.now()).await().atMost(PATIENCE)).isTrue();
    WholeCase whole =
        transactions
            .inTransaction(tx -> archived.lockToArchive(tx, caseId))
            .await()
            .atMost(PATIENCE)
            .orElseThrow();
    archived.store(whole).await().atMost(PATIENCE);

    as(user).delete("/api/v1/cases/{id}", caseId).then().statusCode(204);
    archiveJob.run(run()).await().atMost(PATIENCE);

    assertThat(stored(caseId)).isFalse();
  }

  @Test
  void evidenceThatIsDeletedWhileItIsLinkedIsUnlinked() {
    String caseId = open(user);
    String evidence = addEvidence(user, caseId, "seen");
    String hypothesis = addHypothesis(user, caseId, "a leak");

    Response answer =
        during(
            tx -> store.lockEvidence(tx, scope(), caseId, Set.of(evidence)),
            tx ->
                store
                    .in(tx, scope())
                    .updateHypothesis(
                        caseId,
                        hypothesis,
                        row ->
                            row.addEvidenceLink(
                                evidence, EvidenceRelationship.SUPPORTS, Instant.now())),
            () -> as(user).delete("/api/v1/cases/{id}/evidence/{e}", caseId, evidence));

    assertThat(answer.statusCode()).isEqualTo(204);
    as(user)
        .get("/api/v1/cases/{id}/hypotheses", caseId)
        .then()
        .body("items[0].evidence_links", empty());
  }

  @Test
  void evidenceIsNotLinkedWhileItIsDeleted() {
    String caseId = open(user);
    String evidence = addEvidence(user, caseId, "seen");
    String hypothesis = addHypothesis(user, caseId, "a leak");

    Response answer =
        during(
            tx -> store.in(tx, scope()).deleteEvidence(caseId, evidence),
            tx -> Uni.createFrom().voidItem(),
            () ->
                as(user)
                    .body(Map.of("evidence_id", evidence, "relationship", "supports"))
                    .post("/api/v1/cases/{id}/hypotheses/{h}/links", caseId, hypothesis));

    answer.then().statusCode(400).body("errors.field", hasItem("evidence_id"));
    as(user)
        .get("/api/v1/cases/{id}/hypotheses", caseId)
        .then()
        .body("items[0].evidence_links", empty());
  }

  /** Archives the case; the request comes after its rows were read, and before they go. */
  private Response whileArchived(String caseId, Supplier<Response> request) {
    archived.expect(caseId, Instant.now()).await().atMost(PATIENCE);
    return during(
        tx ->
            archived
                .lockToArchive(tx, caseId)
                .map(found -> found.orElseThrow())
                .flatMap(archived::store),
        tx -> archived.empty(tx, caseId, 1, Instant.now()),
        request);
  }

  /** Runs a transaction whose second part begins when the request waits for its first one. */
  private Response during(
      Function<SqlConnection, Uni<?>> first,
      Function<SqlConnection, Uni<?>> second,
      Supplier<Response> request) {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    CompletableFuture<?> transaction =
        transactions
            .inTransaction(
                tx ->
                    first
                        .apply(tx)
                        .invoke(() -> begun.complete(null))
                        .chain(() -> Uni.createFrom().completionStage(goOn))
                        .chain(() -> second.apply(tx).replaceWithVoid()))
            .subscribeAsCompletionStage();
    await().atMost(PATIENCE).until(() -> begun.isDone() || transaction.isDone());
    assertThat(transaction).isNotDone();
    Future<Response> answer = CompletableFuture.supplyAsync(request);
    await().atMost(PATIENCE).until(() -> waiting() > 0);
    assertThat(answer).isNotDone();
    goOn.complete(null);
    transaction.join();
    return await().atMost(PATIENCE).until(answer::get, got -> true);
  }

  private long waiting() {
    return Database.number(
        pool,
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event_type = 'Lock' AND $1 <> ''",
        "any");
  }

  private void end(String caseId) {
    become(user, caseId, "closed", "abandoned").then().statusCode(200);
  }

  private Scope scope() {
    return new Scope(user, "user");
  }

  private String load(String caseId) {
    return as(user).get("/api/v1/cases/{id}", caseId).then().statusCode(200).extract().asString();
  }

  private boolean stored(String caseId) {
    return storage.exists("archive/" + caseId + ".json.gz").await().atMost(PATIENCE);
  }

  private static JobContext run() {
    return new JobContext(Ids.next(), Instant.now());
  }
}
