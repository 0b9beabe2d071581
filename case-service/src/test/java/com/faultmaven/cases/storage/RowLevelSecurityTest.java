package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CasesDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The second wall: statements of the service's own role, without any WHERE, show and change nothing
 * foreign.
 */
@QuarkusTest
@WithTestResource(ServersResource.class)
class RowLevelSecurityTest {
  private static final List<String> TABLES =
      List.of(
          "cases",
          "evidence",
          "hypotheses",
          "solutions",
          "case_messages",
          "uploaded_files",
          "case_status_transitions",
          "case_tags",
          "agent_tool_calls");

  @Inject CasesDatabase database;

  private String mine = "";
  private String theirs = "";
  private String myCase = "";
  private String theirCase = "";

  @BeforeEach
  void twoUsersWithARowInEveryTable() {
    mine = database.newOwner();
    theirs = database.newOwner();
    myCase = fill(mine);
    theirCase = fill(theirs);
  }

  private String fill(String owner) {
    String id = Ids.next();
    for (String sql :
        List.of(
            """
            INSERT INTO cases (case_id, user_id, status, title, created_at, updated_at, version)
            VALUES ($1, '%s', 'consulting', 'Pool', now(), now(), 1)
            """
                .formatted(owner),
            """
            INSERT INTO evidence (evidence_id, case_id, content, source_type, form, created_at)
            VALUES ('e-' || $1, $1, 'x', 'other', 'document', now())
            """,
            """
            INSERT INTO hypotheses (hypothesis_id, case_id, description, status, created_at, updated_at)
            VALUES ('h-' || $1, $1, 'x', 'exploring', now(), now())
            """,
            """
            INSERT INTO solutions (solution_id, case_id, description, category, status, created_at)
            VALUES ('s-' || $1, $1, 'x', 'fix', 'proposed', now())
            """,
            """
            INSERT INTO case_messages (message_id, case_id, message_type, role, content, created_at)
            VALUES ('m-' || $1, $1, 'user_query', 'user', 'x', now())
            """,
            """
            INSERT INTO uploaded_files (file_id, case_id, filename, data_type, size_bytes, s3_key,
              preprocessing_status, uploaded_at)
            VALUES ('f-' || $1, $1, 'x', 'logs_and_errors', 1, 'k', 'completed', now())
            """,
            """
            INSERT INTO case_status_transitions
            VALUES ('t-' || $1, $1, 'consulting', 'investigating', now(), 'u', 'r')
            """,
            "INSERT INTO case_tags VALUES ($1, 'tag')",
            """
            INSERT INTO agent_tool_calls (call_id, case_id, tool_name, input_params, status, called_at)
            VALUES ('c-' || $1, $1, 'grep', '{}', 'pending', now())
            """)) {
      database.asService(sql, id);
    }
    return id;
  }

  static Stream<String> tables() {
    return TABLES.stream();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void showsAUserNothingForeign(String table) {
    assertThat(caseIds(database.as(user(mine), everything(table)))).containsExactly(myCase);
    assertThat(database.asNobody(everything(table))).isEmpty();
    assertThat(database.as(new Scope(mine, "guest"), everything(table))).hasSize(1);
    assertThat(database.as(user("nobody"), everything(table))).isEmpty();
  }

  /**
   * Every policy that holds for reads is asked for each row, the dearest of them before the others.
   */
  @ParameterizedTest
  @MethodSource("tables")
  void asksOnePolicyForReads(String table) {
    assertThat(
            database.asNobody(
                "SELECT policyname FROM pg_policies WHERE cmd IN ('SELECT', 'ALL')"
                    + " AND tablename = '%s'".formatted(table)))
        .extracting(row -> row.getString("policyname"))
        .containsExactly("seen");
  }

  @ParameterizedTest
  @ValueSource(strings = {"analyst", "admin", "service"})
  void showsThoseEverythingWhoMaySeeIt(String role) {
    Scope scope = new Scope("somebody", role);
    for (String table : TABLES) {
      assertThat(caseIds(database.as(scope, everything(table))))
          .as(table)
          .contains(myCase, theirCase);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "analyst"})
  void changesNothingForeign(String role) {
    Scope scope = new Scope(mine, role);
    for (String update :
        List.of(
            "UPDATE cases SET title = 'changed'",
            "UPDATE evidence SET content = 'changed'",
            "UPDATE hypotheses SET description = 'changed'",
            "UPDATE solutions SET description = 'changed'",
            "UPDATE case_messages SET content = 'changed'",
            "UPDATE uploaded_files SET filename = 'changed'",
            "UPDATE agent_tool_calls SET tool_name = 'changed'")) {
      assertThat(caseIds(database.as(scope, update + " RETURNING case_id")))
          .as(update)
          .containsExactly(myCase);
    }
    for (String table :
        List.of(
            "evidence",
            "solutions",
            "hypotheses",
            "case_messages",
            "uploaded_files",
            "case_tags")) {
      assertThat(caseIds(database.as(scope, "DELETE FROM " + table + " RETURNING case_id")))
          .as(table)
          .containsExactly(myCase);
    }
  }

  @Test
  void addsNothingToForeignCases() {
    for (String insert :
        List.of(
            """
            INSERT INTO evidence (evidence_id, case_id, content, source_type, form, created_at)
            VALUES ('new-' || $1, $1, 'x', 'other', 'document', now())
            """,
            "INSERT INTO case_tags VALUES ($1, 'new')",
            """
            INSERT INTO cases (case_id, user_id, status, title, created_at, updated_at, version)
            SELECT 'new-' || $1, '%s', 'consulting', 'x', now(), now(), 1
            """
                .formatted(theirs))) {
      for (Scope scope : List.of(user(mine), new Scope(mine, "analyst"))) {
        assertThatThrownBy(() -> database.as(scope, insert, theirCase))
            .hasMessageContaining("row-level security");
      }
    }
  }

  @Test
  void showsTheAccessLogToAdminsAlone() {
    String entry =
        """
        INSERT INTO data_access_log (access_id, accessed_at, actor_id, actor_role, resource)
        VALUES ($1, now(), $2, 'analyst', 'case')
        """;
    database.as(new Scope(mine, "analyst"), entry, Ids.next(), mine);

    assertThatThrownBy(() -> database.as(new Scope(mine, "analyst"), entry, Ids.next(), theirs))
        .hasMessageContaining("row-level security");
    assertThat(database.as(new Scope(mine, "analyst"), "SELECT * FROM data_access_log")).isEmpty();
    assertThat(database.as(new Scope(mine, "admin"), "SELECT * FROM data_access_log")).isNotEmpty();
  }

  @Test
  void findsWordsForThoseAloneWhoSeeEveryCase() {
    String search = "SELECT cases_with_word('pool'::tsquery) AS case_id";
    assertThat(database.as(user(mine), search)).isEmpty();
    assertThat(database.asNobody(search)).isEmpty();
    assertThat(caseIds(database.as(new Scope(mine, "analyst"), search)))
        .contains(myCase, theirCase);
  }

  @Test
  void looksForWordsInTheEvidenceOfOwnCases() {
    String search =
        """
        SELECT of_case AS case_id
        FROM evidence_with_words(ARRAY['%s', '%s'], ARRAY['x'::tsquery], 'x'::tsquery)
        """
            .formatted(myCase, theirCase);
    assertThat(caseIds(database.as(user(mine), search))).containsExactly(myCase);
    assertThat(database.asNobody(search)).isEmpty();
    assertThat(caseIds(database.as(new Scope(mine, "analyst"), search)))
        .containsExactlyInAnyOrder(myCase, theirCase);
  }

  @Test
  void holdsForTheRepositoryToo() {
    assertThat(await(database.store().direct(user(mine)).get(theirCase))).isEmpty();
    assertThat(await(database.store().direct(user(mine)).get(myCase))).isPresent();
    assertThat(await(database.store().document(user(mine), theirCase))).isEmpty();
    assertThat(
            await(
                database
                    .store()
                    .direct(user(mine))
                    .update(theirCase, null, old -> old.toBuilder().title("x").build())))
        .isEmpty();
  }

  @Test
  void whoFoundACaseSeesTheRowsOfNoOther() {
    assertThat(await(tagsWith(myCase, myCase))).hasValue(Set.of("tag"));
    assertThat(await(tagsWith(myCase, theirCase))).hasValue(Set.of());
    // Not found, so that its rows are not there either.
    assertThat(await(tagsWith(theirCase, theirCase))).isEmpty();
    assertThat(await(tagsWith(theirCase, myCase))).isEmpty();
  }

  private Uni<Optional<Set<String>>> tagsWith(String found, String read) {
    return database
        .store()
        .rows(user(mine), found, cases -> cases.getTags(read))
        .map(both -> both.map(CaseStore.CaseRowsFound::rows));
  }

  @Test
  void aConnectionForgetsInWhoseNameItWasUsed() {
    for (int i = 0; i < 50; i++) {
      assertThat(await(database.store().direct(Scope.SERVICE).get(theirCase))).isPresent();
    }
    for (int i = 0; i < 50; i++) {
      assertThat(database.asNobody("SELECT * FROM cases")).isEmpty();
    }
  }

  private static Scope user(String userId) {
    return new Scope(userId, "user");
  }

  private static String everything(String table) {
    return "SELECT * FROM " + table;
  }

  private static List<String> caseIds(List<Row> rows) {
    return rows.stream().map(row -> row.getString("case_id")).toList();
  }
}
