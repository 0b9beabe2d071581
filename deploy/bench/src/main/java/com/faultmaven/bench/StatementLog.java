package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.local.servers.ServerEndpoints.Postgres;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Learns from PostgreSQL's own log what a service runs for a request: so the bare cost is that of
 * the service's very statement, and stays so when the service changes. The server logs every
 * statement for as long as this is open.
 */
final class StatementLog implements AutoCloseable {
  private static final int ATTEMPTS = 50;
  private static final String PROCESSES =
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database()";

  private final Connection connection;
  private final Path file;

  private StatementLog(Connection connection, Path file) {
    this.connection = connection;
    this.file = file;
  }

  /**
   * Begins.
   *
   * @param file where the server's log goes
   */
  static StatementLog open(Postgres postgres, String database, Path file) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            postgres.jdbcUrl(database), postgres.superuser(), postgres.password());
    StatementLog log = new StatementLog(connection, file);
    log.execute("ALTER SYSTEM SET log_statement = 'all'");
    log.execute("SELECT pg_reload_conf()");
    return log;
  }

  /** A request whose statements are wanted; it may be sent several times. */
  @FunctionalInterface
  interface Request {
    /** Sends it and waits for the answer. */
    void send() throws Exception;
  }

  /**
   * The statements of a request.
   *
   * @param parts each statement that is wanted is the first with such a part
   * @throws IOException when the service runs none like that
   */
  List<LoggedStatement> of(Request request, List<String> parts) throws Exception {
    String text = "";
    // A connection hears of the new setting a moment later; then another request tells.
    for (int i = 0; i < ATTEMPTS; i++) {
      long before = Files.size(file);
      request.send();
      text = since(before);
      List<LoggedStatement> run = LoggedStatement.read(text, processes());
      List<LoggedStatement> found = new ArrayList<>();
      for (String part : parts) {
        Optional<LoggedStatement> first =
            run.stream().filter(it -> it.text().contains(part)).findFirst();
        first.ifPresent(found::add);
      }
      if (found.size() == parts.size()) {
        return found;
      }
    }
    throw new IOException("no statements with %s were run, but: %s".formatted(parts, text));
  }

  /** Those of this database: others have tables of the same names. */
  private Set<Long> processes() throws SQLException {
    Set<Long> processes = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(PROCESSES)) {
      while (rows.next()) {
        processes.add(rows.getLong(1));
      }
    }
    return processes;
  }

  private String since(long position) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(position);
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - position));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until all is there.
      }
      return new String(bytes.array(), 0, bytes.position(), UTF_8);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      execute("ALTER SYSTEM RESET log_statement");
      execute("SELECT pg_reload_conf()");
    }
  }
}
