package com.faultmaven.bench;

import com.faultmaven.local.servers.ServerEndpoints.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Fills cases_db by COPY, on two connections side by side. */
final class CaseWriter {
  private static final int CONNECTIONS = 2;
  private static final int CASES_AT_ONCE = 50;
  private static final int FRESH_AT_ONCE = 2_000;

  private static final String ENSURE_USER =
      "INSERT INTO users (user_id) VALUES (?) ON CONFLICT (user_id) DO NOTHING";

  /** Indexes of words and JSON, with what makes them again. */
  private static final String INVERTED_INDEXES =
      """
      SELECT index.relname, replace(pg_get_indexdef(index.oid), ' ON ONLY ', ' ON ')
      FROM pg_index
      JOIN pg_class AS index ON index.oid = indexrelid
      JOIN pg_class AS indexed ON indexed.oid = indrelid
      JOIN pg_am ON pg_am.oid = index.relam
      WHERE amname = 'gin' AND NOT index.relispartition AND indexed.relname = ANY (?)
      ORDER BY indexed.relname, index.relname
      """;

  private final String url;
  private final Postgres postgres;
  private final SampleCases cases;

  /** For a database whose schema is there. */
  CaseWriter(Postgres postgres, String database, SampleCases cases) {
    url = postgres.jdbcUrl(database);
    this.postgres = postgres;
    this.cases = cases;
  }

  /** The rows around one or many cases. */
  @FunctionalInterface
  private interface Rows {
    Map<CaseTable, CopyText> of(int from, int to);
  }

  /** Work on a connection of its own. */
  @FunctionalInterface
  private interface Work {
    void run(Connection connection) throws SQLException;
  }

  /** Puts the owners where the foreign key looks for them, should their events be on the way. */
  void ensureUsers(List<String> userIds) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement insert = connection.prepareStatement(ENSURE_USER)) {
      for (String userId : userIds) {
        insert.setString(1, userId);
        insert.executeUpdate();
      }
    }
  }

  /**
   * Writes the cases with these numbers. Inverted indexes are made anew after the rows: entered one
   * by one, the words of a million rows take most of the time.
   *
   * @return how many rows each table got
   */
  Map<CaseTable, Integer> write(int from, int to) throws Exception {
    Map<String, String> indexes = dropInvertedIndexes();
    Map<CaseTable, Integer> written = copy(from, to, CASES_AT_ONCE, cases::rows);
    List<Work> builds = new ArrayList<>();
    for (String definition : indexes.values()) {
      builds.add(connection -> execute(connection, definition));
    }
    inParallel(builds);
    settle();
    return written;
  }

  /** Writes so many fresh cases. */
  void writeFresh(int count) throws Exception {
    copy(0, count, FRESH_AT_ONCE, cases::fresh);
    settle();
  }

  /** Brings statistics and disk up to date, so that no load is measured beside that work. */
  private void settle() throws SQLException {
    try (Connection connection = connect()) {
      for (CaseTable table : CaseTable.values()) {
        execute(connection, "VACUUM (ANALYZE) " + table.table());
      }
      execute(connection, "CHECKPOINT");
    }
  }

  private Map<String, String> dropInvertedIndexes() throws SQLException {
    Map<String, String> definitions = new LinkedHashMap<>();
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(INVERTED_INDEXES)) {
      List<String> tables = new ArrayList<>();
      for (CaseTable table : CaseTable.values()) {
        tables.add(table.table());
      }
      select.setArray(1, connection.createArrayOf("text", tables.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          definitions.put(rows.getString(1), rows.getString(2));
        }
      }
      for (String index : definitions.keySet()) {
        execute(connection, "DROP INDEX " + index);
      }
    }
    return definitions;
  }

  private Map<CaseTable, Integer> copy(int from, int to, int atOnce, Rows rows) throws Exception {
    AtomicInteger next = new AtomicInteger(from);
    Map<CaseTable, Integer> written = new ConcurrentHashMap<>();
    Work all =
        connection -> {
          for (int first = next.getAndAdd(atOnce); first < to; first = next.getAndAdd(atOnce)) {
            for (Map.Entry<CaseTable, CopyText> table :
                rows.of(first, Math.min(to, first + atOnce)).entrySet()) {
              copy(connection, table.getKey(), table.getValue());
              written.merge(table.getKey(), table.getValue().rows(), Integer::sum);
            }
          }
        };
    inParallel(Collections.nCopies(CONNECTIONS, all));
    return written;
  }

  private static void copy(Connection connection, CaseTable table, CopyText rows)
      throws SQLException {
    byte[] bytes = rows.toBytes();
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copy());
    copy.writeToCopy(bytes, 0, bytes.length);
    copy.endCopy();
  }

  private void inParallel(List<Work> works) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> running = new ArrayList<>();
      for (Work work : works) {
        running.add(
            pool.submit(
                () -> {
                  try (Connection connection = connect()) {
                    // The parent of every row was written before it, by us: nobody needs to look
                    // it up again, millions of times.
                    execute(connection, "SET session_replication_role = replica");
                    execute(connection, "SET synchronous_commit = off");
                    execute(connection, "SET maintenance_work_mem = '256MB'");
                    work.run(connection);
                  }
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, postgres.superuser(), postgres.password());
  }
}
