package com.faultmaven.cases.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.id.Ids;
import com.faultmaven.local.servers.BackingServers;
import com.faultmaven.local.servers.ServerEndpoints;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.Test;

/** The schema goes up, down to nothing, and up again to the same (specification 10.1). */
class SchemaRollbackTest {
  private static final String OBJECTS =
      """
      SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
      FROM information_schema.columns WHERE table_schema = 'public'
      UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT 'trigger ' || tgname || ' ' || tgrelid::regclass FROM pg_trigger
          WHERE NOT tgisinternal
      UNION ALL SELECT 'function ' || proname || ' ' || coalesce(proacl::text, '') FROM pg_proc
          WHERE pronamespace = 'public'::regnamespace
      UNION ALL SELECT 'grant ' || grantee || ' ' || privilege_type || ' ' || table_name
          FROM information_schema.role_table_grants WHERE table_schema = 'public'
      ORDER BY 1
      """;

  @Test
  void goesUpDownAndUpAgain() throws Exception {
    ServerEndpoints.Postgres server = BackingServers.forTests().postgres();
    String name = "rollback_" + Ids.next().substring(24);
    try (Connection connection = connect(server, "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      statement.execute("CREATE ROLE " + name);
    }
    try (Connection connection = connect(server, name)) {
      Liquibase liquibase = liquibase(connection, name);

      liquibase.update("");
      List<String> first = objects(connection);
      liquibase.rollback(liquibase.getDatabase().getRanChangeSetList().size(), null, "");
      List<String> none = objects(connection);
      liquibase.update("");

      assertThat(first)
          .contains("grant " + name + " INSERT cases", "grant " + name + " SELECT outbox");
      assertThat(none).isEmpty();
      assertThat(objects(connection)).isEqualTo(first);
    }
  }

  private static Liquibase liquibase(Connection connection, String serviceRole)
      throws LiquibaseException {
    Database database =
        DatabaseFactory.getInstance()
            .findCorrectDatabaseImplementation(new JdbcConnection(connection));
    Liquibase liquibase =
        new Liquibase("db/changelog.yaml", new ClassLoaderResourceAccessor(), database);
    liquibase.setChangeLogParameter("service_role", serviceRole);
    return liquibase;
  }

  /** Everything in the schema but Liquibase's own two tables. */
  private static List<String> objects(Connection connection) throws SQLException {
    List<String> objects = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(OBJECTS)) {
      while (rows.next()) {
        String object = rows.getString(1);
        if (!object.contains("databasechangelog")) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  private static Connection connect(ServerEndpoints.Postgres server, String database)
      throws SQLException {
    return DriverManager.getConnection(
        server.jdbcUrl(database), server.superuser(), server.password());
  }
}
