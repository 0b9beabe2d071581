package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CasesDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.faultmaven.cases.domain.DataAccess;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

  @Test
  void accessLogIsCutAtItsOldEnd() {
    String actor = Ids.next();
    Instant old = Instant.parse("2001-01-01T00:00:00Z");
    await(database.store().recordAccess(access(actor, null, old)));
    await(database.store().recordAccess(access(actor, null, NOW)));

    long expired =
        database
            .asService(
                "SELECT expire_data_access_log($1)",
                OffsetDateTime.ofInstant(old.plusSeconds(1), ZoneOffset.UTC))
            .getFirst()
            .getLong(0);

    assertThat(expired).isEqualTo(1);
    assertThat(database.asService("SELECT FROM data_access_log WHERE actor_id = $1", actor))
        .hasSize(1);
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
