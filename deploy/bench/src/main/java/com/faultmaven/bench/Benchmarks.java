package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.local.LocalStack;
import com.faultmaven.local.Service;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The measured operations, each beside its baseline. */
final class Benchmarks {
  private final LocalStack stack;
  private final Path directory;
  private final boolean quick;
  private final CasesBenchmark.Extent extent;
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
   * @param extent how much the benchmark of cases writes, and how long it measures
   */
  Benchmarks(
      LocalStack stack,
      Path directory,
      boolean quick,
      CasesBenchmark.Extent extent,
      Report report) {
    this.stack = stack;
    this.directory = directory;
    this.quick = quick;
    this.extent = extent;
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
        .run(credentials(), user(), credentials(LocalStack.ADMIN, stack.adminPassword()));
  }

  /** Loads, filters, searches and writes of thousands of cases. */
  void cases() throws Exception {
    new CasesBenchmark(
            new CasesBenchmark.Place(
                stack.serviceUrl(Service.CASE),
                stack.gatewayUrl(),
                stack.status(Service.CASE.module()).pid(),
                stack.servers().postgres(),
                Service.CASE.database() + "_db",
                directory.resolve("logs").resolve("postgres.log"),
                URI.create(stack.servers().redisUrl())),
            extent,
            directory.resolve("pgbench"),
            report)
        .run(username);
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

  private Client client(Service service) {
    return new Client(stack.serviceUrl(service), token);
  }

  private String user() {
    return Objects.requireNonNull(userId);
  }

  private String credentials() {
    return credentials(username, password);
  }

  private static String credentials(String name, String secret) {
    return "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name, secret);
  }
}
