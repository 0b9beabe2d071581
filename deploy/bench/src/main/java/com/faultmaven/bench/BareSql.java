package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.faultmaven.local.servers.ServerEndpoints.Postgres;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The same statement without the service: through pgbench where there is one, else by JDBC. */
final class BareSql {
  /** Counts up within each connection, from 0. */
  static final String COUNTER = "i";

  /** Number of the connection, from 0. */
  static final String CLIENT = "client_id";

  private static final Map<String, String> SETTINGS =
      Map.of(
          // Row-level security does not hold the superuser, but functions of case-service ask by
          // themselves in whose name they are called.
          "faultmaven.role", "service",
          // A service gets bytes as they are, pgbench as text: twice as many digits otherwise.
          "bytea_output", "escape");

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
    BareWork work = new BareWork(List.of(sql), values, Map.of(), BareWork.Plans.BY_VALUES);
    return measure(List.of(work), connections, life);
  }

  /**
   * Measures.
   *
   * @param works one of them by chance at each turn; names of their values are different ones, all
   *     are planned alike
   */
  Figures measure(List<BareWork> works, int connections, Duration life) throws Exception {
    if (pgbench.isPresent()) {
      return pgbench.get().measure(works, connections, life);
    }
    return Load.during(life, connections, number -> new Session(works, number)::run);
  }

  /**
   * Measures at a fixed rate, whether or not answers keep up; the first run on each connection, in
   * which the work is planned, does not count.
   *
   * @param rate runs a second, over all connections
   * @return nothing without pgbench
   */
  Optional<Figures> atRate(List<BareWork> works, int connections, double rate, Duration life)
      throws IOException, InterruptedException {
    return pgbench.isPresent()
        ? Optional.of(pgbench.get().atRate(works, connections, rate, life))
        : Optional.empty();
  }

  /** Settings of a session that does the work, as options of libpq. */
  static String options(List<BareWork> works) {
    Map<String, String> settings = new TreeMap<>(SETTINGS);
    settings.put("plan_cache_mode", works.getFirst().plans().mode());
    return settings.entrySet().stream()
        .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
        .collect(joining(" "));
  }

  /** A connection that does what pgbench would do. */
  private final class Session {
    private final List<BareWork> works;
    private final int number;
    private final Connection connection;
    private final Map<NamedSql, PreparedStatement> prepared = new HashMap<>();
    private final SplittableRandom random;
    private long counter;

    Session(List<BareWork> works, int number) throws SQLException {
      this.works = works;
      this.number = number;
      random = new SplittableRandom(number);
      // The server is to tell the types of parameters, as it does for pgbench and for the service.
      connection =
          DriverManager.getConnection(
              postgres.jdbcUrl(database)
                  + "?stringtype=unspecified&options="
                  + URLEncoder.encode(options(works), UTF_8),
              postgres.superuser(),
              postgres.password());
    }

    void run() throws SQLException {
      BareWork work = works.get(random.nextInt(works.size()));
      Map<String, String> values = new HashMap<>(work.values());
      values.put(CLIENT, Integer.toString(number));
      values.put(COUNTER, Long.toString(counter++));
      work.ranges()
          .forEach(
              (name, range) ->
                  values.put(name, Long.toString(range.at(random.nextLong(range.count())))));
      boolean several = work.statements().size() > 1;
      if (several) {
        connection.setAutoCommit(false);
      }
      for (NamedSql sql : work.statements()) {
        run(sql, values);
      }
      if (several) {
        connection.commit();
      }
    }

    private void run(NamedSql sql, Map<String, String> values) throws SQLException {
      PreparedStatement statement = prepared.get(sql);
      if (statement == null) {
        statement = connection.prepareStatement(sql.forJdbc());
        prepared.put(sql, statement);
      }
      int position = 1;
      for (String name : sql.names()) {
        statement.setString(position++, values.get(name));
      }
      if (statement.execute()) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
      }
    }
  }
}
