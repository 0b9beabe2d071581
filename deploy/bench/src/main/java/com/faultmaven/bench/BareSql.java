package com.faultmaven.bench;

import com.faultmaven.local.servers.ServerEndpoints.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The same statement without the service: through pgbench where there is one, else by JDBC. */
final class BareSql {
  /** Counts up within each connection, from 0. */
  static final String COUNTER = "i";

  /** Number of the connection, from 0. */
  static final String CLIENT = "client_id";

  private final Postgres postgres;
  private final String database;
  private final Optional<Pgbench> pgbench;

  BareSql(Postgres postgres, String database, Path directory) {
    this.postgres = postgres;
    this.database = database;
    pgbench = Pgbench.find().map(program -> new Pgbench(program, postgres, database, directory));
  }

  /** What it is measured with. */
  String tool() {
    return pgbench.isPresent() ? "pgbench" : "JDBC";
  }

  /**
   * Measures.
   *
   * @param sql reads or writes one thing and gives a row
   * @param values of its names, beside {@link #COUNTER} and {@link #CLIENT}
   */
  Figures measure(NamedSql sql, Map<String, String> values, int connections, Duration life)
      throws Exception {
    if (pgbench.isPresent()) {
      return pgbench.get().measure(sql, values, connections, life);
    }
    return Load.during(life, connections, number -> open(sql, values, number));
  }

  private Load.Operation open(NamedSql sql, Map<String, String> values, int number)
      throws Exception {
    Connection connection =
        DriverManager.getConnection(
            postgres.jdbcUrl(database), postgres.superuser(), postgres.password());
    PreparedStatement statement = connection.prepareStatement(sql.forJdbc());
    Map<String, String> all = new HashMap<>(values);
    all.put(CLIENT, Integer.toString(number));
    long[] counter = {0};
    return () -> {
      all.put(COUNTER, Long.toString(counter[0]++));
      int position = 1;
      for (String name : sql.names()) {
        statement.setString(position++, all.get(name));
      }
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new IOException("no row for " + sql.text());
        }
        rows.getString(1);
      }
    };
  }
}
