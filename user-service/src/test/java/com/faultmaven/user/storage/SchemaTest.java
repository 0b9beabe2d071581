package com.faultmaven.user.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.job.JobRunTable;
import com.faultmaven.common.logarchive.LogQuery;
import com.faultmaven.common.logarchive.LogStatements;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.user.domain.AuditLogs;
import com.faultmaven.user.domain.AuthEventQuery;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.AuthOutcome;
import com.faultmaven.user.domain.DataAccessQuery;
import io.vertx.mutiny.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema by itself: its rollbacks, its indexes under load, its grants. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaTest {
  private static final String ID = "'u777'";
  private static final String HASH = "decode(repeat('ab', 32), 'hex')";

  private Map<String, String> filled = Map.of();

  @BeforeAll
  void fill() throws SQLException, LiquibaseException {
    filled = new ServersResource().start();
    update(filled);
    run(
        filled,
        """
        INSERT INTO users (user_id, username, email, display_name, sso_provider, sso_provider_id,
          created_at, updated_at)
        SELECT 'u' || i, 'Name' || i, 'Name' || i || '@example.org', 'x', 'okta', 'o' || i,
          now() + i * interval '1 s', now()
        FROM generate_series(1, 20000) AS i;
        INSERT INTO user_roles SELECT 'u' || i, 'user' FROM generate_series(1, 20000) AS i;
        INSERT INTO user_roles SELECT 'u' || i, 'admin' FROM generate_series(1, 20) AS i;
        INSERT INTO refresh_families (family_id, user_id, session_id, created_at, expires_at)
        SELECT 'f' || i, 'u' || i, 's' || i, now(), now() FROM generate_series(1, 20000) AS i;
        INSERT INTO refresh_tokens (token_hash, family_id, access_token_id, issued_at, expires_at)
        SELECT sha256(i::TEXT::BYTEA), 'f' || i, 'a' || i, now(), now()
        FROM generate_series(1, 20000) AS i;
        INSERT INTO mail_queue (mail_id, kind, user_id, recipient, created_at, next_attempt_at)
        SELECT 'm' || i, 'password_changed', 'u' || i, 'x', now(), now() + i * interval '1 s'
        FROM generate_series(1, 20000) AS i;
        INSERT INTO one_time_tokens
        SELECT sha256(i::TEXT::BYTEA), 'password_reset', 'u' || i, 'x', now(), now()
        FROM generate_series(1, 20000) AS i;
        INSERT INTO totp_secrets (user_id, sealed_secret, encryption_key_id, created_at)
        SELECT 'u' || i, '', 'k', now() FROM generate_series(1, 20000) AS i;
        INSERT INTO recovery_codes
        SELECT 'u' || i, sha256(i::TEXT::BYTEA), now() FROM generate_series(1, 20000) AS i;
        INSERT INTO login_networks
        SELECT 'u' || i, '192.0.2.1', now() FROM generate_series(1, 20000) AS i;
        INSERT INTO login_challenges (challenge_hash, user_id, created_at, expires_at)
        SELECT sha256(i::TEXT::BYTEA), 'u' || i, now(), now() FROM generate_series(1, 20000) AS i;
        INSERT INTO auth_audit_log
          (audit_id, event_type, outcome, user_id, actor_id, address, occurred_at)
        SELECT 'e' || i, CASE i % 50 WHEN 0 THEN 'login_failed' ELSE 'login_succeeded' END,
          CASE i % 50 WHEN 0 THEN 'failure' ELSE 'success' END, 'u' || i % 1000, 'u' || i % 1000,
          '192.0.2.' || i % 250, now() + i * interval '1 s'
        FROM generate_series(1, 20000) AS i;
        INSERT INTO auth_audit_log (audit_id, event_type, occurred_at)
        SELECT 'old' || i, 'logged_out', now() - interval '90 days' - i * interval '1 h'
        FROM generate_series(1, 50) AS i;
        INSERT INTO data_access_log
          (access_id, actor_id, user_id, resource, action, occurred_at)
        SELECT 'e' || i, 'u' || i % 20, 'u' || i % 1000, 'account', 'read',
          now() + i * interval '1 s'
        FROM generate_series(1, 20000) AS i;
        INSERT INTO data_access_log (access_id, actor_id, resource, action, occurred_at)
        SELECT 'old' || i, 'u1', 'users_list', 'read', now() - interval '90 days' - i * interval '1 h'
        FROM generate_series(1, 50) AS i;
        INSERT INTO job_runs (run_id, job, trigger, started_at, seen_at, ended_at, outcome)
        SELECT 'r' || i, 'job-' || i % 100, 'schedule', now(), now(), now(), 'succeeded'
        FROM generate_series(1, 20000) AS i;
        INSERT INTO sso_logins (state_hash, provider, browser_hash, nonce_hash, verifier_sealed,
          encryption_key_id, created_at, expires_at)
        SELECT sha256(i::TEXT::BYTEA), 'okta', sha256(''), sha256(''), '', 'k', now(),
          now() + i * interval '1 s'
        FROM generate_series(1, 20000) AS i;
        INSERT INTO passkeys (passkey_id, user_id, credential_id, public_key, sign_count,
          user_handle, aaguid, name, transports, backup_eligible, backed_up, created_at)
        SELECT 'p' || i, 'u' || i, sha256(i::TEXT::BYTEA), '', 0, 'x', 'a', 'n', '{}', FALSE, FALSE,
          now()
        FROM generate_series(1, 20000) AS i;
        INSERT INTO used_passkey_challenges (challenge_hash, expires_at)
        SELECT sha256(i::TEXT::BYTEA), now() + i * interval '1 s'
        FROM generate_series(1, 20000) AS i;
        INSERT INTO erasures (erasure_id, user_id, reason, requested_at, published_at, completed_at)
        SELECT 'e' || i, 'u' || i, 'requested', now(), now() + i * interval '1 s',
          CASE WHEN i % 1000 = 0 THEN NULL ELSE now() END
        FROM generate_series(1, 20000) AS i;
        INSERT INTO erasure_answers (erasure_id, service)
        SELECT 'e' || i, 'case-service' FROM generate_series(1, 20000) AS i;
        INSERT INTO archived_logs (s3_key, log, stored_at, gone_at, first_at, first_id, last_at,
          user_ids, to_erase)
        SELECT 'k' || i, CASE i % 2 WHEN 0 THEN 'auth_audit_log' ELSE 'data_access_log' END, now(),
          CASE WHEN i % 1000 = 0 THEN now() END, now() - i * interval '1 h', 'e' || i,
          now() - i * interval '1 h' + interval '30 min', ARRAY['u' || i % 1000, 'u' || i % 500],
          CASE WHEN i % 1000 = 2 THEN ARRAY['u1'] ELSE '{}' END
        FROM generate_series(1, 20000) AS i;
        INSERT INTO archived_logs (s3_key, log, noted_at)
        SELECT 'n' || i, 'auth_audit_log', now() FROM generate_series(1, 50) AS i;
        INSERT INTO exports
        SELECT 'x' || i, 'u' || i, 'u' || i, now(), now() + i * interval '1 s'
        FROM generate_series(1, 20000) AS i;
        ANALYZE
        """);
  }

  static Stream<Arguments> statements() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Cursor cursor = new Cursor(now, "x");
    return Stream.of(
        Arguments.of(PostgresUserRepository.BY_ID, List.of(ID)),
        Arguments.of(PostgresUserRepository.BY_USERNAME, List.of("'naME777'")),
        Arguments.of(PostgresUserRepository.BY_EMAIL, List.of("'naME777@example.org'")),
        Arguments.of(PostgresUserRepository.BY_SSO, List.of("'okta'", "'o777'")),
        Arguments.of(PostgresUserRepository.BY_EMAIL_WITH_DELETED, List.of("'x@example.org'")),
        Arguments.of(PostgresUserRepository.BY_SSO_WITH_DELETED, List.of("'okta'", "'o777'")),
        Arguments.of(PostgresSsoLogins.FORGET, List.of("now()")),
        Arguments.of(PostgresSsoLogins.USE, List.of(HASH, "'okta'", HASH, "now()")),
        Arguments.of(PostgresUserRepository.LIST, List.of("50", "0")),
        Arguments.of(PostgresUserRepository.ACTIVE_ADMIN, List.of(ID)),
        Arguments.of(PostgresUserRepository.DEACTIVATED, List.of(ID)),
        Arguments.of(PostgresUserRepository.OTHER_ADMIN, List.of(ID)),
        Arguments.of(
            PostgresRefreshTokens.ROTATE,
            List.of(HASH, HASH, "'a'", "now()", "now()", "'e'", "'x'", "'x'")),
        Arguments.of(PostgresRefreshTokens.ALIVE, List.of(ID, "'a777'")),
        Arguments.of(PostgresRefreshTokens.REVOKE_OTHERS, List.of(ID, "'a777'", "now()", "'x'")),
        Arguments.of(PostgresUserRepository.SEARCH, List.of("'naME77'", "50", "0")),
        Arguments.of(PostgresUserRepository.COUNT_SEARCH, List.of("'naME77'")),
        Arguments.of(PostgresMailQueue.TAKE, List.of("now()", "now()", "8")),
        Arguments.of(PostgresOneTimeTokens.FORGET, List.of(ID, "'password_reset'")),
        Arguments.of(PostgresOneTimeTokens.LOCK, List.of(HASH, "'password_reset'")),
        Arguments.of(PostgresOneTimeTokens.OWNER, List.of(HASH)),
        Arguments.of(PostgresSecondFactors.FIND, List.of(ID)),
        Arguments.of(PostgresSecondFactors.CODES_LEFT, List.of(ID)),
        Arguments.of(PostgresKnownNetworks.KNOWN, List.of(ID, "'192.0.2.1'", "now()")),
        Arguments.of(PostgresRefreshTokens.REVOKE_ALL, List.of(ID, "now()", "'x'")),
        Arguments.of(
            PostgresRefreshTokens.REVOKE_MATCHING, List.of(ID, "'a777'", "'s777'", HASH, "now()")),
        Arguments.of(PostgresPasskeys.LIST, List.of(ID)),
        Arguments.of(PostgresPasskeys.COUNT, List.of(ID)),
        Arguments.of(PostgresPasskeys.FIND, List.of(HASH)),
        Arguments.of(PostgresPasskeys.REMOVE, List.of("'p777'", ID)),
        Arguments.of(PostgresPasskeys.RECORD_USE, List.of("'p777'", "1", "TRUE", "now()")),
        Arguments.of(PostgresPasskeys.FORGET_CHALLENGES, List.of("now()")),
        Arguments.of(
            PostgresInactiveAccounts.FIND,
            List.of("now() + interval '3 h'", "'2000-01-01'", "''", "100")),
        Arguments.of(PostgresInactiveAccounts.DELETE, List.of("now()", ID, "now()")),
        Arguments.of(JobRunTable.LAST, List.of("'{job-7,job-8}'")),
        Arguments.of(JobRunTable.LIST, List.of("'job-7'", "50")),
        Arguments.of(JobRunTable.FORGET, List.of("'job-7'", "100")),
        Arguments.of(JobRunTable.ABANDON, List.of("'job-7'", "now()")),
        Arguments.of(JobRunTable.ABANDON_UNLOCKED, List.of("'job-7'", "now()")),
        expired(0),
        expired(1),
        expired(2),
        expired(3),
        expired(4),
        expired(5),
        expired(6),
        expired(7),
        ofOtherKeys(0),
        ofOtherKeys(1),
        ofOtherKeys(2),
        Arguments.of(PostgresErasures.LOCK_ACCOUNT, List.of(ID)),
        Arguments.of(PostgresErasures.FIND, List.of("'e777'")),
        Arguments.of(PostgresErasures.FIND_OF_USER, List.of(ID)),
        Arguments.of(PostgresErasures.FIND_DUE, List.of("now()", "100")),
        Arguments.of(PostgresErasures.FIND_LATE, List.of("now()", "100")),
        Arguments.of(PostgresExports.FIND, List.of("'x777'")),
        Arguments.of(PostgresExports.FIND_OPEN, List.of(ID, ID, "now()")),
        Arguments.of(StoredUserData.ACCOUNT, List.of(ID, "''", "100")),
        Arguments.of(StoredUserData.PASSKEYS, List.of(ID, "''", "100")),
        Arguments.of(StoredUserData.SIGN_INS, List.of(ID, "''", "100")),
        Arguments.of(StoredUserData.NETWORKS, List.of(ID, "''", "100")),
        Arguments.of(LogStatements.FIND, List.of("'k777'")),
        Arguments.of(LogStatements.TO_ERASE, List.of("'auth_audit_log'", "''", "100")),
        Arguments.of(LogStatements.GONE, List.of("'auth_audit_log'", "100")),
        archived(null, null, null, null),
        archived("u7", null, null, null),
        archived(null, now, null, null),
        archived(null, null, now, null),
        archived(null, null, null, cursor),
        archived("u7", now, now, cursor),
        audit(AuthEventQuery.newest(50), List.of("51")),
        audit(events("u7", null, null, null, null, null), List.of(ID, "51")),
        audit(events(null, "u7", null, null, null, null), List.of(ID, "51")),
        audit(
            events(null, null, AuthEventType.LOGIN_FAILED, null, null, null),
            List.of("'login_failed'", "51")),
        audit(events(null, null, null, AuthOutcome.FAILURE, null, null), List.of("51")),
        audit(events(null, null, null, AuthOutcome.SUCCESS, null, null), List.of("51")),
        audit(events(null, null, null, null, "192.0.2.7", null), List.of("'192.0.2.7'", "51")),
        audit(
            new AuthEventQuery(null, null, null, null, null, now, now, null, 50),
            List.of("now()", "now() + interval '1 h'", "51")),
        audit(
            events("u7", "u7", AuthEventType.LOGIN_FAILED, AuthOutcome.FAILURE, "192.0.2.7", null),
            List.of(ID, ID, "'login_failed'", "'192.0.2.7'", "51")),
        audit(events("u7", null, null, null, null, cursor), List.of(ID, "now()", "'x'", "51")),
        accesses(new DataAccessQuery(null, null, null, null, null, 50), List.of("51")),
        accesses(new DataAccessQuery("u7", null, null, null, null, 50), List.of(ID, "51")),
        accesses(new DataAccessQuery(null, "u7", null, null, null, 50), List.of(ID, "51")),
        accesses(
            new DataAccessQuery(null, null, now, now, null, 50),
            List.of("now()", "now() + interval '1 h'", "51")),
        accesses(
            new DataAccessQuery("u7", "u7", now, now, cursor, 50),
            List.of(ID, ID, "now()", "now() + interval '1 h'", "now()", "'x'", "51")));
  }

  /** Of 20,000 rows none has expired: what has is found without reading the others. */
  private static Arguments expired(int table) {
    return Arguments.of(
        PostgresExpiredRows.statements().get(table), List.of("now() - interval '1 h'", "1000"));
  }

  /** All 20,000 rows are of today's key, or of none. */
  private static Arguments ofOtherKeys(int table) {
    return Arguments.of(PostgresSealedRows.statements().get(table), List.of("'k'", "''", "100"));
  }

  private static AuthEventQuery events(
      @Nullable String userId,
      @Nullable String actorId,
      @Nullable AuthEventType type,
      @Nullable AuthOutcome outcome,
      @Nullable String address,
      @Nullable Cursor after) {
    return new AuthEventQuery(userId, actorId, type, outcome, address, null, null, after, 50);
  }

  private static Arguments accesses(DataAccessQuery query, List<String> values) {
    return Arguments.of(PostgresDataAccessLog.statement(query, Tuple.tuple()), values);
  }

  private static Arguments archived(
      @Nullable String userId,
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable Cursor after) {
    List<String> values = new ArrayList<>(List.of("'auth_audit_log'"));
    if (userId != null) {
      values.add("ARRAY['u7']");
    }
    if (since != null) {
      values.addAll(List.of("now() - interval '40 d'", "now() - interval '40 d'"));
    }
    if (until != null) {
      values.add("now() - interval '30 d'");
    }
    if (after != null) {
      values.addAll(List.of("now() - interval '31 d'", "'x'"));
    }
    values.add("17");
    return Arguments.of(
        LogStatements.list(
            AuditLogs.AUTH_EVENTS,
            LogQuery.between(since, until, after, 50).equal("user_id", userId)),
        values);
  }

  private static Arguments audit(AuthEventQuery query, List<String> values) {
    return Arguments.of(PostgresAuthAuditLog.statement(query, Tuple.tuple()), values);
  }

  @ParameterizedTest
  @MethodSource("statements")
  void readsNoBigTableFromEndToEnd(String sql, List<String> values) throws SQLException {
    String plan;
    try (Connection connection = connect(filled);
        Statement statement = connection.createStatement()) {
      statement.execute("PREPARE asked AS " + sql);
      plan =
          column(statement, "EXPLAIN EXECUTE asked(" + String.join(", ", values) + ")").toString();
    }

    assertThat(plan).contains("Index").doesNotContain("Seq Scan");
  }

  /** What they ask for is inside of functions: their counters tell. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT next_log_rows('auth_audit_log', now() - interval '90 d', 10)",
        "SELECT next_log_rows('data_access_log', now() - interval '90 d', 10)",
        "SELECT forget_log_rows('auth_audit_log', now() - interval '90 d', 10)",
        "SELECT forget_log_rows('data_access_log', now() - interval '90 d', 10)",
        "SELECT expire_archived_logs('auth_audit_log', now() - interval '730 d')",
        "SELECT erase_log_traces('gone')",
        "SELECT forget_archived_logs(ARRAY['k1000'])"
      })
  void functionsReadNoBigTableFromEndToEnd(String sql) throws SQLException {
    for (String planning : List.of("force_custom_plan", "force_generic_plan")) {
      try (Connection connection = connect(filled);
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("SET LOCAL plan_cache_mode = " + planning);
        statement.execute(sql);
        assertThat(
                column(
                    statement,
                    """
                    SELECT relname FROM pg_stat_xact_user_tables
                    WHERE seq_scan > 0 AND relname <> 'retention_passes'
                    """))
            .as(planning)
            .isEmpty();
        connection.rollback();
      }
    }
  }

  @Test
  void archivedRowsAreNotForgottenByARollback() throws SQLException, LiquibaseException {
    Map<String, String> database = new ServersResource().start();
    update(database);
    run(
        database,
        "INSERT INTO archived_logs (s3_key, log, stored_at) VALUES ('k', 'auth_audit_log', now())");
    List<String> before = objects(database);

    assertThatThrownBy(
            () ->
                liquibase(
                    database,
                    liquibase ->
                        liquibase.rollback(1000, null, new Contexts(), new LabelExpression())))
        .hasStackTraceContaining("rows of logs are in the bucket");
    assertThat(objects(database)).isEqualTo(before);
  }

  @Test
  void rollsBackToNothingAndForthAgain() throws SQLException, LiquibaseException {
    Map<String, String> database = new ServersResource().start();
    update(database);
    List<String> before = objects(database);
    assertThat(before)
        .contains(
            "users",
            "idx_users_username",
            "refuse_audit_change",
            "data_access_log",
            "forget_auth_audit",
            "archived_logs",
            "archive_log_rows",
            "job_runs");

    liquibase(
        database,
        liquibase -> liquibase.rollback(1000, null, new Contexts(), new LabelExpression()));

    assertThat(objects(database)).isEmpty();
    update(database);
    assertThat(objects(database)).containsExactlyElementsOf(before);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void refusesChangesOfTheAuditLog(String sql) {
    assertThatThrownBy(() -> run(filled, sql, "faultmaven.db.user", "faultmaven.db.password"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> run(filled, sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("append-only");
  }

  static List<String> changes() {
    return List.of(
        "UPDATE auth_audit_log SET detail = 'x' WHERE audit_id = 'e1'",
        "DELETE FROM auth_audit_log WHERE audit_id = 'e1'",
        "DELETE FROM auth_audit_log WHERE audit_id = 'old50'",
        "TRUNCATE auth_audit_log",
        "UPDATE data_access_log SET actor_id = 'x' WHERE access_id = 'e1'",
        "DELETE FROM data_access_log WHERE access_id = 'e1'",
        "TRUNCATE data_access_log");
  }

  @ParameterizedTest
  @CsvSource({"auth_audit_log, forget_auth_audit", "data_access_log, forget_data_access"})
  void forgetsOldRowsInBatchesThroughOneFunctionAlone(String table, String function)
      throws SQLException {
    try (Connection connection = connect(filled, "faultmaven.db.user", "faultmaven.db.password");
        Statement statement = connection.createStatement()) {
      String forget = "SELECT %s(now() - interval '90 days', %d)";
      String old = "SELECT count(*) FROM " + table + " WHERE occurred_at < now() - interval '90 d'";
      assertThat(column(statement, forget.formatted(function, 30))).containsExactly("30");
      assertThat(column(statement, old)).containsExactly("20");
      assertThat(column(statement, forget.formatted(function, 30))).containsExactly("20");
      assertThat(column(statement, forget.formatted(function, 30))).containsExactly("0");
      assertThat(column(statement, "SELECT count(*) FROM " + table)).containsExactly("20000");

      // The pass ends with the function, also within one transaction.
      connection.setAutoCommit(false);
      column(statement, forget.formatted(function, 30));
      assertThatThrownBy(() -> statement.execute("DELETE FROM " + table))
          .hasMessageContaining("permission denied");
      connection.rollback();
    }
    assertThatThrownBy(
            () ->
                run(
                    filled,
                    "BEGIN; SELECT %s(now() - interval '90 days', 30); DELETE FROM %s"
                        .formatted(function, table)))
        .hasMessageContaining("append-only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT forget_auth_audit(now() - interval '89 days 23 h', 10)",
        "SELECT forget_auth_audit(now(), 10)",
        "SELECT forget_auth_audit('infinity', 10)",
        "SELECT forget_auth_audit(NULL, 10)",
        "SELECT forget_auth_audit(now() - interval '100 days', 10001)",
        "SELECT forget_auth_audit(now() - interval '100 days', 0)",
        "SELECT forget_auth_audit(now() - interval '100 days', NULL)",
        "SELECT forget_data_access(now() - interval '89 days 23 h', 10)",
        "SELECT forget_data_access('infinity', 10)",
        "SELECT forget_data_access(NULL, 10)",
        "SELECT forget_data_access(now() - interval '100 days', 10001)",
        "INSERT INTO retention_passes VALUES (pg_current_xact_id())",
        "SELECT * FROM retention_passes"
      })
  void forgetsNoRecentRowsWhoeverAsks(String sql) {
    assertThatThrownBy(() -> run(filled, sql, "faultmaven.db.user", "faultmaven.db.password"))
        .isInstanceOf(SQLException.class)
        .hasMessageMatching("(?s).*(90 days stay|10000 rows|permission denied).*");
  }

  @Test
  void forgetsByTablesOfThisSchemaWhateverTheCallerPutsBeforeThem() throws SQLException {
    try (Connection connection = connect(filled, "faultmaven.db.user", "faultmaven.db.password");
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = pg_temp, public");
      assertThatThrownBy(
              () ->
                  statement.execute(
                      """
                      CREATE TEMPORARY TABLE retention_passes (transaction_id XID8);
                      INSERT INTO retention_passes VALUES (pg_current_xact_id());
                      DELETE FROM auth_audit_log
                      """))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void takesAddressesOutOfTheLogsOnlyWhenTheAccountIsGone() throws SQLException {
    String gone = "gone";
    try (Connection connection = connect(filled, "faultmaven.db.user", "faultmaven.db.password");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String user : List.of(gone, "u7")) {
        statement.execute(
            """
            INSERT INTO auth_audit_log
              (audit_id, event_type, user_id, actor_id, address, user_agent, occurred_at)
            VALUES ('own-%1$s', 'login_succeeded', '%1$s', '%1$s', '192.0.2.1', 'curl', now()),
              ('guess-%1$s', 'login_failed', '%1$s', NULL, '192.0.2.2', 'curl', now()),
              ('admin-%1$s', 'deactivated', '%1$s', 'an-admin', '192.0.2.3', 'curl', now());
            INSERT INTO data_access_log (access_id, actor_id, resource, action, address, occurred_at)
            VALUES ('read-%1$s', '%1$s', 'account', 'read', '192.0.2.1', now())
            """
                .formatted(user));
      }

      assertThat(column(statement, "SELECT erase_log_traces('gone')")).containsExactly("3");

      String addresses =
          "SELECT audit_id || ' ' || coalesce(address, '-') FROM auth_audit_log"
              + " WHERE audit_id LIKE '%-gone' OR audit_id LIKE '%-u7' ORDER BY 1";
      assertThat(column(statement, addresses))
          .containsExactly(
              "admin-gone 192.0.2.3",
              "admin-u7 192.0.2.3",
              "guess-gone -",
              "guess-u7 192.0.2.2",
              "own-gone -",
              "own-u7 192.0.2.1");
      assertThat(
              column(
                  statement,
                  "SELECT count(*) FROM data_access_log WHERE access_id = 'read-gone'"
                      + " AND address IS NULL"))
          .containsExactly("1");
      assertThatThrownBy(() -> statement.execute("SELECT erase_log_traces('u7')"))
          .hasMessageContaining("still there");
      connection.rollback();
      assertThatThrownBy(() -> statement.execute("SELECT erase_log_traces(NULL)"))
          .hasMessageContaining("still there");
      connection.rollback();
    }
  }

  @Test
  void hasTheIndexesOfTheSpecification() throws SQLException {
    assertThat(objects(filled))
        .contains(
            "idx_users_pk",
            "idx_users_username",
            "idx_users_email",
            "idx_users_sso",
            "idx_users_active");
  }

  private static List<String> objects(Map<String, String> database) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      return column(
          statement,
          """
          SELECT relname FROM pg_class
          WHERE relnamespace = 'public'::REGNAMESPACE AND relname NOT LIKE 'databasechangelog%'
          UNION ALL
          SELECT proname FROM pg_proc WHERE pronamespace = 'public'::REGNAMESPACE
          ORDER BY 1
          """);
    }
  }

  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private static void update(Map<String, String> database) throws SQLException, LiquibaseException {
    liquibase(database, liquibase -> liquibase.update(new Contexts()));
  }

  /** One run of Liquibase. */
  private interface Work {
    void run(Liquibase liquibase) throws LiquibaseException;
  }

  private static void liquibase(Map<String, String> database, Work work)
      throws SQLException, LiquibaseException {
    try (Connection connection = connect(database);
        Liquibase liquibase =
            new Liquibase(
                "db/changelog.yaml",
                new ClassLoaderResourceAccessor(SchemaTest.class.getClassLoader()),
                new JdbcConnection(connection))) {
      liquibase.setChangeLogParameter("service_role", database.get("faultmaven.db.user"));
      work.run(liquibase);
    }
  }

  private static void run(Map<String, String> database, String sql) throws SQLException {
    run(database, sql, "faultmaven.db.owner-user", "faultmaven.db.owner-password");
  }

  private static void run(Map<String, String> database, String sql, String user, String password)
      throws SQLException {
    try (Connection connection = connect(database, user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(Map<String, String> database) throws SQLException {
    return connect(database, "faultmaven.db.owner-user", "faultmaven.db.owner-password");
  }

  private static Connection connect(
      Map<String, String> database, @Nullable String user, @Nullable String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%s/%s"
            .formatted(
                database.get("faultmaven.db.host"),
                database.get("faultmaven.db.port"),
                database.get("faultmaven.db.name")),
        database.get(user),
        database.get(password));
  }
}
