package com.faultmaven.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.local.servers.ServerEndpoints.Postgres;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Audit rows of more than 90 days: how fast they move to the bucket, and what a page of them costs.
 */
final class AuditBenchmark {
  private static final int ROWS = 50_000;
  private static final int PAGE = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String JOB = "/api/v1/admin/jobs/auth-audit-retention";

  // A row every three minutes, of a thousand users: some hundred days, each with an object.
  private static final String OLD_ROWS =
      """
      INSERT INTO auth_audit_log (audit_id, event_type, outcome, user_id, actor_id, address,
        user_agent, detail, occurred_at)
      SELECT gen_random_uuid()::text, 'login_succeeded', 'success', ?::text || n % 1000,
        ?::text || n % 1000, '192.0.2.' || n % 250, 'Mozilla/5.0 (X11; Linux x86_64) bench',
        'password', now() - INTERVAL '95 days' - n * INTERVAL '3 minutes'
      FROM generate_series(1, ?) AS n
      """;

  private final URI url;
  private final long pid;
  private final Postgres postgres;
  private final String database;
  private final Duration life;
  private final Report report;

  /**
   * For a service that runs.
   *
   * @param url of user-service
   * @param pid its process
   * @param life how long pages are read
   */
  AuditBenchmark(
      URI url, long pid, Postgres postgres, String database, Duration life, Report report) {
    this.url = url;
    this.pid = pid;
    this.postgres = postgres;
    this.database = database;
    this.life = life;
    this.report = report;
  }

  /**
   * Measures everything.
   *
   * @param token of an administrator
   */
  void run(String token) throws Exception {
    String run = "bench-" + System.nanoTime() + "-";
    write(run);
    byte[] page =
        new HttpRequests(url)
            .get("/api/v1/audit/auth-events?limit=%d&user_id=%s7".formatted(PAGE, run), token);
    read(page);
    Measured inDatabase = read(page);
    report.line("audit page of a user, database", 1, inDatabase, "", null);
    Client admin = new Client(url, token);
    Instant start = Instant.now();
    JsonNode moved = move(admin);
    double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
    report.line(
        "audit page of a user, bucket",
        1,
        read(page),
        "the same page, database",
        inDatabase.figures());
    report.note(
        "moved %,d audit rows to %,d objects of %,d KB in all in %.0f s"
            .formatted(
                moved.path("counts").path("rows_archived").asLong(),
                moved.path("counts").path("objects_written").asLong(),
                moved.path("bytes").asLong() / 1024,
                seconds));
  }

  private void write(String run) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(database), postgres.superuser(), postgres.password());
        PreparedStatement rows = connection.prepareStatement(OLD_ROWS)) {
      rows.setString(1, run);
      rows.setString(2, run);
      rows.setInt(3, ROWS);
      rows.executeUpdate();
    }
  }

  private static JsonNode move(Client admin) throws IOException, InterruptedException {
    String run = admin.json("POST", JOB, null).path("run_id").asText();
    Instant end = Instant.now().plus(PATIENCE);
    JsonNode state = admin.json("GET", JOB + "/runs/" + run, null);
    while (state.path("ended_at").isNull() && Instant.now().isBefore(end)) {
      Thread.sleep(200);
      state = admin.json("GET", JOB + "/runs/" + run, null);
    }
    if (!state.path("outcome").asText().equals("succeeded")) {
      throw new IOException("the archive of the audit has not ended well: " + state);
    }
    return state;
  }

  private Measured read(byte[] page) throws Exception {
    try (HttpLoad load = HttpLoad.open(url, List.of(HttpRequests.repeating(page)))) {
      return Measured.of(pid, () -> load.saturate(life));
    }
  }
}
