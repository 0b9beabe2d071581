package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.local.LocalStack;
import com.faultmaven.local.Service;
import com.faultmaven.local.servers.ServerEndpoints.Postgres;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The measured operations, each beside its baseline. */
final class Benchmarks {
  private static final int EVIDENCE = 100;
  private static final int HYPOTHESES = 20;
  private static final int MESSAGES = 200;

  private static final String CASE_ROW = "SELECT * FROM cases WHERE case_id = ?";
  private static final String CASE_AS_JSON =
      """
      SELECT json_build_object(
        'case', (SELECT to_json(c) FROM cases c WHERE c.case_id = p.id),
        'evidence', (SELECT json_agg(e ORDER BY created_at DESC) FROM evidence e WHERE e.case_id = p.id),
        'hypotheses', (SELECT json_agg(h ORDER BY created_at) FROM hypotheses h WHERE h.case_id = p.id),
        'solutions', (SELECT json_agg(s) FROM solutions s WHERE s.case_id = p.id),
        'messages', (SELECT json_agg(m ORDER BY created_at) FROM case_messages m WHERE m.case_id = p.id),
        'files', (SELECT json_agg(f) FROM uploaded_files f WHERE f.case_id = p.id),
        'transitions', (SELECT json_agg(t) FROM case_status_transitions t WHERE t.case_id = p.id),
        'tags', (SELECT json_agg(g.tag) FROM case_tags g WHERE g.case_id = p.id),
        'tool_calls', (SELECT json_agg(a) FROM agent_tool_calls a WHERE a.case_id = p.id))::text
      FROM (SELECT ?::text AS id) p
      """;
  private static final String EVIDENCE_BY_TYPE =
      """
      SELECT * FROM evidence WHERE case_id = ? AND source_type = 'log_file'
      ORDER BY created_at DESC LIMIT 50
      """;

  private final LocalStack stack;
  private final Path directory;
  private final boolean quick;
  private final Report report;
  private final String username = "bench" + Instant.now().toEpochMilli();
  private final String password = "A long bench password";
  private @Nullable String userId;
  private @Nullable String token;

  /**
   * For a system that runs.
   *
   * @param directory for files of the benchmarks' own
   * @param quick to see that they work, not how fast the system is
   */
  Benchmarks(LocalStack stack, Path directory, boolean quick, Report report) {
    this.stack = stack;
    this.directory = directory;
    this.quick = quick;
    this.report = report;
  }

  /** Makes the account that all operations run under. */
  void prepare() throws Exception {
    Client anybody = new Client(stack.gatewayUrl(), null);
    anybody.send(
        "POST",
        "/api/v1/auth/register",
        """
        {"username": "%1$s", "email": "%1$s@example.com", "password": "%2$s", "display_name": "B"}
        """
            .formatted(username, password));
    JsonNode login = anybody.json("POST", "/api/v1/auth/login", credentials());
    token = login.path("access_token").asText();
    userId = login.path("user").path("user_id").asText();
    report.head();
  }

  /** Sign-in, token check, refresh and profile, each beside its bare cost. */
  void auth() throws Exception {
    new AuthBenchmark(
            stack.serviceUrl(Service.USER),
            stack.status(Service.USER.module()).pid(),
            stack.servers().postgres(),
            Service.USER.database() + "_db",
            directory.resolve("pgbench"),
            quick,
            report)
        .run(credentials(), user());
  }

  /** Loads, filters and writes of a case of the specified size. */
  void cases() throws Exception {
    String caseId = bigCase();
    Figures json = sql(Service.CASE, 16, 2_000, CASE_AS_JSON, caseId);
    Figures load = get(Service.CASE, 16, 2_000, "/api/v1/cases/" + caseId);
    report.line("full case load", 16, load, "the same as JSON, JDBC", json, "< 20 ms");
    Figures viaGateway = get(stack.gatewayUrl(), 16, 2_000, "/api/v1/cases/" + caseId);
    report.line("full case load, gateway", 16, viaGateway, "the service itself", load, "");
    Figures rows = sql(Service.CASE, 16, 4_000, EVIDENCE_BY_TYPE, caseId);
    Figures evidence =
        get(
            Service.CASE,
            16,
            4_000,
            "/api/v1/cases/" + caseId + "/evidence?source_type=log_file&limit=50");
    report.line("evidence by type", 16, evidence, "the same rows, JDBC", rows, "< 10 ms");
    Figures one = sql(Service.CASE, 16, 4_000, CASE_ROW, caseId);
    Figures message =
        post(
            Service.CASE,
            16,
            2_000,
            "/api/v1/cases/" + caseId + "/messages",
            """
            {"message_type": "user_query", "role": "user", "content": "What has changed?"}
            """);
    report.line("append message", 16, message, "SELECT by id, JDBC", one, "");
  }

  /** A session's read beside the same value from Redis. */
  void sessions() throws Exception {
    String id =
        client(Service.SESSION)
            .json("POST", "/api/v1/sessions", "{\"client_id\": \"bench\"}")
            .path("session_id")
            .asText();
    URI redis = URI.create(stack.servers().redisUrl());
    Figures raw =
        Load.measure(
            16,
            8_000,
            () -> {
              RawRedis connection = new RawRedis(redis);
              return () -> connection.command("GET", "session:" + id);
            });
    // A session each: one client reads its own, and every read writes its new life.
    Figures read =
        Load.measure(
            16,
            8_000,
            () -> {
              Client client = client(Service.SESSION);
              String own =
                  client
                      .json(
                          "POST",
                          "/api/v1/sessions",
                          "{\"client_id\": \"bench-%d\"}".formatted(System.nanoTime()))
                      .path("session_id")
                      .asText();
              return () -> client.send("GET", "/api/v1/sessions/" + own, null);
            });
    report.line("session read (extends TTL)", 16, read, "GET, raw Redis", raw, "< 5 ms");
  }

  /** Search in a knowledge base. */
  void knowledge() throws Exception {
    Client client = client(Service.KNOWLEDGE);
    String base = "/api/v1/users/" + user() + "/kb";
    for (int i = 0; i < 20; i++) {
      client.send(
          "POST",
          base + "/documents?wait=true",
          """
          {"title": "Runbook %1$d", "document_type": "runbook",
           "content": "When pool %1$d is exhausted, look at its size and at slow statements first."}
          """
              .formatted(i));
    }
    Figures search =
        post(
            Service.KNOWLEDGE,
            4,
            200,
            base + "/search",
            "{\"query\": \"connection pool exhausted\", \"k\": 5}");
    report.line("knowledge base search", 4, search, "", null, "< 200 ms");
  }

  /** Preprocessing of a log of one mebibyte. */
  void files() throws Exception {
    String caseId = newCase();
    byte[] log = log(1 << 20);
    Figures upload =
        Load.measure(
            2,
            20,
            () -> {
              Client client = client(Service.ARTIFACT);
              return () -> client.upload("/api/v1/cases/" + caseId + "/files", "app.log", log);
            });
    report.line("upload of a 1 MiB log", 2, upload, "", null, "< 30 s");
  }

  private String newCase() throws Exception {
    return client(Service.CASE)
        .json("POST", "/api/v1/cases", "{\"title\": \"Pool exhausted\"}")
        .path("case_id")
        .asText();
  }

  private String bigCase() throws Exception {
    String caseId = newCase();
    Client client = client(Service.CASE);
    String path = "/api/v1/cases/" + caseId;
    String[] types = {"log_file", "metrics_data", "config_file", "user_observation"};
    for (int i = 0; i < EVIDENCE; i++) {
      client.send(
          "POST",
          path + "/evidence",
          """
          {"content": "Finding %d: the pool had no free connection for thirty seconds.",
           "source_type": "%s", "form": "document"}
          """
              .formatted(i, types[i % types.length]));
    }
    for (int i = 0; i < HYPOTHESES; i++) {
      client.send(
          "POST", path + "/hypotheses", "{\"description\": \"Cause number %d\"}".formatted(i));
    }
    for (int i = 0; i < MESSAGES; i++) {
      client.send(
          "POST",
          path + "/messages",
          """
          {"message_type": "user_query", "role": "user", "content": "Question number %d"}
          """
              .formatted(i));
    }
    return caseId;
  }

  private static byte[] log(int size) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder(size + 200);
    Instant time = Instant.parse("2026-01-31T12:00:00Z");
    while (text.length() < size) {
      time = time.plusMillis(random.nextInt(500));
      boolean error = random.nextInt(100) == 0;
      text.append(time)
          .append(error ? " ERROR pool: no free connection after " : " INFO request: served in ")
          .append(random.nextInt(30_000))
          .append(" ms, id ")
          .append(random.nextInt(1_000_000))
          .append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }

  private Figures get(Service service, int threads, int count, String path) throws Exception {
    return get(stack.serviceUrl(service), threads, count, path);
  }

  private Figures get(URI base, int threads, int count, String path) throws Exception {
    return Load.measure(
        threads,
        count,
        () -> {
          Client client = new Client(base, token);
          return () -> client.send("GET", path, null);
        });
  }

  private Figures post(Service service, int threads, int count, String path, String json)
      throws Exception {
    return Load.measure(
        threads,
        count,
        () -> {
          Client client = client(service);
          return () -> client.send("POST", path, json);
        });
  }

  private Figures sql(Service service, int threads, int count, String sql, String parameter)
      throws Exception {
    Postgres postgres = stack.servers().postgres();
    String url = postgres.jdbcUrl(service.database() + "_db");
    return Load.measure(
        threads,
        count,
        () -> {
          Connection connection =
              DriverManager.getConnection(url, postgres.superuser(), postgres.password());
          PreparedStatement statement = connection.prepareStatement(sql);
          statement.setString(1, parameter);
          return () -> {
            try (ResultSet rows = statement.executeQuery()) {
              if (!rows.next()) {
                throw new IllegalStateException("no row for " + sql);
              }
              rows.getString(1);
            }
          };
        });
  }

  private Client client(Service service) {
    return new Client(stack.serviceUrl(service), token);
  }

  private String user() {
    return Objects.requireNonNull(userId);
  }

  private String credentials() {
    return "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(username, password);
  }
}
