package com.faultmaven.artifact.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.testing.ServersResource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schema by itself: its rollbacks, its indexes, its foreign key. */
class SchemaTest {
  private static final String INSERT =
      """
      INSERT INTO uploaded_files (file_id, case_id, filename, data_type, size_bytes, s3_key,
        preprocessing_status, uploaded_at, uploaded_by, content_type, sha256)
      VALUES ('f', '%s', 'a.log', '%s', %d, 'k', 'completed', now(), 'u', 'text/plain', 'x')
      """;

  private Map<String, String> database = Map.of();

  @BeforeEach
  void migrate() throws SQLException, LiquibaseException {
    database = new ServersResource().start();
    liquibase(liquibase -> liquibase.update(new Contexts()));
  }

  @Test
  void rollsBackToNothingAndForthAgain() throws SQLException, LiquibaseException {
    List<String> before = objects();
    assertThat(before)
        .contains("cases", "uploaded_files", "idx_uploaded_files_case", "idx_uploaded_files_type");

    liquibase(liquibase -> liquibase.rollback(1000, null, new Contexts(), new LabelExpression()));

    assertThat(objects()).isEmpty();
    liquibase(liquibase -> liquibase.update(new Contexts()));
    assertThat(objects()).containsExactlyElementsOf(before);
  }

  @Test
  void deletesFilesWithTheirCase() throws SQLException {
    run("INSERT INTO cases VALUES ('c', 'u', 'investigating', now())");
    run(INSERT.formatted("c", "logs_and_errors", 1));

    run("DELETE FROM cases WHERE case_id = 'c'");

    assertThat(column("SELECT file_id FROM uploaded_files")).isEmpty();
  }

  @Test
  void refusesWhatCannotBe() throws SQLException {
    run("INSERT INTO cases VALUES ('c', 'u', 'investigating', now())");
    for (String statement :
        List.of(
            INSERT.formatted("another", "logs_and_errors", 1),
            INSERT.formatted("c", "poetry", 1),
            INSERT.formatted("c", "logs_and_errors", 0),
            INSERT.formatted("c", "logs_and_errors", 10_485_761),
            "INSERT INTO cases VALUES ('d', 'u', 'sleeping', now())")) {
      assertThatThrownBy(() -> run(statement))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("violates");
    }
  }

  @Test
  void listsTheFilesOfACaseByIndex() throws SQLException {
    run(
        "INSERT INTO cases SELECT 'c' || i, 'u', 'investigating', now() FROM generate_series(1, 500) i");
    run(
        """
        INSERT INTO uploaded_files (file_id, case_id, filename, data_type, size_bytes, s3_key,
          preprocessing_status, uploaded_at, uploaded_by, content_type, sha256)
        SELECT 'f' || i, 'c' || (i % 500 + 1), 'a.log', 'logs_and_errors', 1, 'k' || i, 'completed',
          now() + i * interval '1 s', 'u', 'text/plain', 'x'
        FROM generate_series(1, 20000) i
        """);
    run("ANALYZE");

    assertThat(
            column(
                "EXPLAIN SELECT * FROM uploaded_files WHERE case_id = 'c7' ORDER BY uploaded_at"
                    + " DESC LIMIT 50"))
        .anyMatch(line -> line.contains("idx_uploaded_files_"))
        .noneMatch(line -> line.contains("Seq Scan"));
    assertThat(column("EXPLAIN SELECT 1 FROM uploaded_files WHERE s3_key = 'k77'"))
        .anyMatch(line -> line.contains("idx_uploaded_files_key"));
    for (String statement :
        List.of(
            StoredUserData.CASE_IDS,
            StoredUserData.KEYS,
            StoredUserData.FILES,
            StoredUserData.OBJECTS,
            StoredUserData.DISOWN)) {
      assertThat(
              column(
                  "EXPLAIN "
                      + statement.replace("$1", "'u7'").replace("$2", "''").replace("$3", "100")))
          .as(statement)
          .noneMatch(line -> line.contains("Seq Scan"));
    }
  }

  private List<String> objects() throws SQLException {
    return column(
        """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::REGNAMESPACE AND relname NOT LIKE 'databasechangelog%'
        ORDER BY 1
        """);
  }

  private List<String> column(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** One run of Liquibase. */
  private interface Work {
    void run(Liquibase liquibase) throws LiquibaseException;
  }

  private void liquibase(Work work) throws SQLException, LiquibaseException {
    try (Connection connection = connect();
        Liquibase liquibase =
            new Liquibase(
                "db/changelog.yaml",
                new ClassLoaderResourceAccessor(SchemaTest.class.getClassLoader()),
                new JdbcConnection(connection))) {
      liquibase.setChangeLogParameter("service_role", database.get("faultmaven.db.user"));
      work.run(liquibase);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%s/%s"
            .formatted(
                database.get("faultmaven.db.host"),
                database.get("faultmaven.db.port"),
                database.get("faultmaven.db.name")),
        database.get("faultmaven.db.owner-user"),
        database.get("faultmaven.db.owner-password"));
  }
}
