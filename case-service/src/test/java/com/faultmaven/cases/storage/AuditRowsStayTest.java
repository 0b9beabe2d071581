package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CasesDatabase.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.faultmaven.cases.domain.DataAccess;
import com.faultmaven.cases.jobs.DataAccessRetentionJob;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.userdata.ExportedFile;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is audited stays (specification 8.3; decisions, section 3). */
@QuarkusTest
@WithTestResource(ServersResource.class)
class AuditRowsStayTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

  @Inject CasesDatabase database;
  @Inject StoredUserData userData;
  @Inject DataAccessRetentionJob retention;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE case_status_transitions SET reason = 'forged'",
        "DELETE FROM case_status_transitions",
        "TRUNCATE case_status_transitions",
        "DELETE FROM agent_tool_calls",
        "TRUNCATE agent_tool_calls",
        "UPDATE agent_tool_calls SET call_id = 'forged'",
        "UPDATE data_access_log SET actor_id = 'forged'",
        "DELETE FROM data_access_log",
        "TRUNCATE data_access_log",
        "DELETE FROM cases",
        "ALTER TABLE case_status_transitions DISABLE TRIGGER ALL"
      })
  void serviceHasNoGrantForAChange(String sql) {
    auditedCase();

    assertThatThrownBy(() -> database.asService(sql))
        .isInstanceOfSatisfying(
            PgException.class, refused -> assertThat(refused.getSqlState()).isEqualTo("42501"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE case_status_transitions SET reason = 'forged'",
        "DELETE FROM case_status_transitions",
        "TRUNCATE case_status_transitions",
        "UPDATE agent_tool_calls SET output_result = '{}' WHERE status = 'success'",
        "UPDATE agent_tool_calls SET status = 'pending', completed_at = NULL WHERE status <> 'pending'",
        "DELETE FROM agent_tool_calls",
        "TRUNCATE agent_tool_calls",
        "UPDATE data_access_log SET actor_id = 'forged'",
        "DELETE FROM data_access_log",
        "TRUNCATE data_access_log"
      })
  void ownerOfTheTablesIsRefusedByTrigger(String sql) {
    auditedCase();

    assertThatThrownBy(() -> database.asOwner(sql))
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("23001"));
  }

  @Test
  void finishedCallsStayForTheServiceToo() {
    Case audited = auditedCase();

    assertThatThrownBy(
            () ->
                database.asService(
                    "UPDATE agent_tool_calls SET error_message = 'x' WHERE case_id = $1"
                        + " AND status = 'success'",
                    audited.caseId()))
        .isInstanceOfSatisfying(
            PgException.class, refused -> assertThat(refused.getSqlState()).isEqualTo("23001"));
  }

  @Test
  void rowsGoWithTheirCase() throws SQLException {
    Case byService = auditedCase();
    Case byOwner = auditedCase();

    assertThat(await(database.cases().delete(byService.caseId()))).isTrue();
    database.asOwner("DELETE FROM cases WHERE case_id = '%s'".formatted(byOwner.caseId()));

    for (Case gone : new Case[] {byService, byOwner}) {
      for (String table : new String[] {"case_status_transitions", "agent_tool_calls"}) {
        assertThat(
                database.asService("SELECT FROM " + table + " WHERE case_id = $1", gone.caseId()))
            .isEmpty();
      }
      // Who had read it is still known.
      assertThat(
              database.asService("SELECT FROM data_access_log WHERE case_id = $1", gone.caseId()))
          .hasSize(1);
    }
  }

  /** Out of the database after 90 days, gone after two years, and in the export until then. */
  @Test
  void accessLogIsCutAtItsOldEnd() {
    String owner = Ids.next();
    Instant now = Instant.now();
    List<DataAccess> all =
        Stream.of(10, 89, 91, 91, 92, 700, 731)
            .map(
                days ->
                    new DataAccess(
                        Ids.next(),
                        now.minus(Duration.ofDays(days)),
                        Ids.next(),
                        "analyst",
                        owner,
                        null,
                        "case"))
            .toList();
    all.forEach(access -> await(database.store().recordAccess(access)));
    assertThat(exported(owner)).hasSize(7);

    database.asService("SELECT forget_log_rows('data_access_log', NULL, 1000)");
    // Other tests have left old lines, too.
    assertThat(await(retention.run(new JobContext(Ids.next(), now))).counts())
        .hasEntrySatisfying(
            "rows_archived", archived -> assertThat(archived).isGreaterThanOrEqualTo(4))
        .hasEntrySatisfying(
            "rows_deleted", deleted -> assertThat(deleted).isGreaterThanOrEqualTo(1));

    assertThat(
            database.asService(
                "SELECT FROM data_access_log WHERE owner_id = $1 AND resource = 'case'", owner))
        .hasSize(2);
    database.asService("SELECT forget_log_rows('data_access_log', now(), 1000)");
    List<JsonNode> left = exported(owner);
    assertThat(left)
        .extracting(access -> access.path("actor_id").asText())
        .containsExactlyElementsOf(
            all.subList(0, 6).stream()
                .sorted(
                    Comparator.comparing(DataAccess::accessedAt)
                        .thenComparing(DataAccess::accessId)
                        .reversed())
                .map(DataAccess::actorId)
                .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT read_data_access_log(now(), 1)",
        "SELECT take_data_access_log(ARRAY['x'])",
        "UPDATE archived_logs SET gone_at = now()"
      })
  void theServiceTakesNoLineOutItself(String sql) {
    assertThatThrownBy(() -> database.asService(sql))
        .isInstanceOfSatisfying(
            PgException.class, refused -> assertThat(refused.getSqlState()).isEqualTo("42501"));
  }

  private List<JsonNode> exported(String owner) {
    ExportedFile file =
        userData
            .files(owner, Ids.next())
            .filter(exported -> exported.path().equals("case-accesses.json"))
            .toUni()
            .await()
            .atMost(Duration.ofSeconds(20));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    await(file.bytes().collect().in(() -> bytes, (all, piece) -> all.writeBytes(piece.array())));
    List<JsonNode> accesses = new ArrayList<>();
    StoredJson.read(bytes.toString(UTF_8), JsonNode.class).forEach(accesses::add);
    // Each export is itself in the log.
    accesses.removeIf(access -> access.path("resource").asText().equals("user.export"));
    return accesses;
  }

  /** A case with a transition, a finished and a pending call, and a line in the access log. */
  private Case auditedCase() {
    Case opened =
        await(
            database
                .cases()
                .save(Case.open(Ids.next(), database.newOwner(), "Audited", NOW).build()));
    String id = opened.caseId();
    await(
        database
            .cases()
            .changeStatus(
                id,
                null,
                new StatusChange(
                    Ids.next(), CaseStatus.INVESTIGATING, null, "Known", "system", NOW)));
    String finished = Ids.next();
    await(database.cases().addToolCall(call(id, finished)));
    await(database.cases().addToolCall(call(id, Ids.next())));
    await(database.cases().finishToolCall(id, finished, ToolCallStatus.SUCCESS, null, null, NOW));
    await(database.store().recordAccess(access(Ids.next(), id, NOW)));
    return opened;
  }

  private static ToolCall call(String caseId, String callId) {
    return new ToolCall(
        callId,
        caseId,
        "grep",
        JsonNodeFactory.instance.objectNode(),
        null,
        ToolCallStatus.PENDING,
        null,
        NOW,
        null);
  }

  private static DataAccess access(String actor, @Nullable String caseId, Instant at) {
    return new DataAccess(Ids.next(), at, actor, "analyst", "u1", caseId, "case");
  }
}
