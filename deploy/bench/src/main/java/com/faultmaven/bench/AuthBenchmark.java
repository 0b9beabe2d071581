package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.local.servers.ServerEndpoints.Postgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Log-in, refresh, token check and profile read of user-service, each beside its bare cost. */
final class AuthBenchmark {
  private static final int LOGINS = 2;

  /** Into how many parts a measurement is cut; log-ins and bare hashes have twice as many each. */
  private static final int PARTS = 5;

  private static final int MANY = 16;
  private static final int READERS = 50;
  private static final int FRESH_TOKENS = 20_000;
  private static final double SLOW_RATE = 500;
  private static final double FAST_RATE = 1_000;

  private static final NamedSql PROFILE =
      new NamedSql(
          """
          SELECT u.*, ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = u.user_id) AS roles
          FROM users u WHERE u.user_id = :user_id AND u.deleted_at IS NULL
          """);

  /** What a rotation cannot do without, in one statement: the least that it can cost. */
  private static final NamedSql ROTATION =
      new NamedSql(
          """
          WITH used AS (
            UPDATE refresh_tokens SET used_at = now()
            WHERE token_hash = sha256(convert_to(
                :run::text || '-' || :client_id::text || '-' || :i::text, 'UTF8'))
              AND used_at IS NULL
            RETURNING family_id
          ), family AS (
            SELECT f.family_id, f.user_id FROM used JOIN refresh_families f USING (family_id)
            WHERE f.revoked_at IS NULL FOR UPDATE OF f
          ), account AS (
            SELECT u.user_id, f.family_id,
              ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = u.user_id) AS roles
            FROM family f JOIN users u USING (user_id)
            WHERE u.is_active AND u.deleted_at IS NULL
          ), next AS (
            INSERT INTO refresh_tokens (token_hash, family_id, access_token_id, issued_at, expires_at)
            SELECT sha256(convert_to(:run::text || '-' || :client_id::text || '-'
                || (:i::text::bigint + 1)::text, 'UTF8')),
              family_id, gen_random_uuid()::text, now(), now() + INTERVAL '14 days'
            FROM account
          ), audit AS (
            INSERT INTO auth_audit_log (audit_id, event_type, user_id, actor_id, address, occurred_at)
            SELECT gen_random_uuid()::text, 'token_refreshed', user_id, user_id, '127.0.0.1', now()
            FROM account
          )
          SELECT user_id FROM account
          """);

  private static final String FAMILIES =
      """
      INSERT INTO refresh_families (family_id, user_id, created_at, expires_at)
      SELECT ?::text || '-' || n, ?, now(), now() + INTERVAL '90 days'
      FROM generate_series(0, ? - 1) AS n
      """;
  private static final String FIRST_TOKENS =
      """
      INSERT INTO refresh_tokens (token_hash, family_id, access_token_id, issued_at, expires_at)
      SELECT sha256(convert_to(family_id || '-0', 'UTF8')), family_id, family_id, now(),
        now() + INTERVAL '14 days'
      FROM refresh_families WHERE family_id LIKE ?::text || '-%'
      """;

  private final URI url;
  private final long pid;
  private final Postgres postgres;
  private final String database;
  private final BareSql bare;
  private final Report report;
  private final HttpRequests requests;
  private final WarmUp warmUp;
  private final WarmUp logInWarmUp;
  private final Duration life;
  private final Duration rest;
  private final List<Target> targets = new ArrayList<>();

  /**
   * For a service that runs.
   *
   * @param url of user-service
   * @param pid its process
   * @param directory for files of pgbench
   * @param quick warms up and measures for seconds only
   */
  AuthBenchmark(
      URI url,
      long pid,
      Postgres postgres,
      String database,
      Path directory,
      boolean quick,
      Report report) {
    this.url = url;
    this.pid = pid;
    this.postgres = postgres;
    this.database = database;
    bare = new BareSql(postgres, database, directory);
    this.report = report;
    requests = new HttpRequests(url);
    warmUp = quick ? new WarmUp(Duration.ofSeconds(3), 1) : new WarmUp(Duration.ofSeconds(5), 24);
    // A twentieth of the requests of the others: slices so long that their cost is no chance.
    logInWarmUp = quick ? warmUp : new WarmUp(Duration.ofSeconds(20), 24);
    life = Duration.ofSeconds(quick ? 3 : 10);
    // The JVM gives back soon what compilation has taken.
    rest = Duration.ofSeconds(quick ? 0 : 30);
  }

  /**
   * Measures everything.
   *
   * @param credentials what an account logs in with, as JSON
   * @param userId whose account it is
   * @param admin what an administrator logs in with, as JSON
   */
  void run(String credentials, String userId, String admin) throws Exception {
    byte[] login = requests.post("/api/v1/auth/login", credentials);
    Queue<String> fresh = refreshes(login, userId);
    String token = fresh.remove();
    tokenChecks(token, fresh, userId);
    profileReads(token, userId);
    String reader =
        new Client(url, null)
            .json("POST", "/api/v1/auth/login", admin)
            .path("access_token")
            .asText();
    new AuditBenchmark(url, pid, postgres, database, life, report).run(reader);
    // Last: what they share with the others takes many requests to be compiled, and they are few.
    logIns(login);
    memory("under load");
    Thread.sleep(rest);
    memory("after half a minute's rest");
    report.targets(targets);
    report.note(
        """

        CPU ms: processor time of user-service's process for one request; s*core: requests a second
        that one core serves at that price. Published for comparison, on other machines: Keycloak
        plans 15 password log-ins and 120 refreshes a second for each vCPU, with 1,250 MB of memory;
        Zitadel measured 39 password log-ins a second on 42 vCPU.""");
  }

  private void memory(String when) throws IOException {
    targets.add(
        Target.below(
            "memory of the service, MB resident, " + when,
            350,
            ProcessUsage.of(pid).residentMegabytes()));
  }

  private void logIns(byte[] request) throws Exception {
    warmUp.run(slice -> hash(LOGINS, slice, new Latencies()));
    logInWarmUp.run(slice -> saturated(LOGINS, slice, () -> HttpRequests.repeating(request)));
    LogIns single = logIns(1, request);
    LogIns both = logIns(LOGINS, request);
    targets.add(
        Target.atLeast("log-ins a second and core", 40, both.measured().perSecondPerCore())
            .beside(both.bare().perSecondPerCore()));
    targets.add(
        Target.atMost("log-in, p50 in bare hashes, 1 connection", 1.3, single.inBareHashes()));
    targets.add(
        Target.atMost("log-in, p50 in bare hashes, 2 connections", 1.3, both.inBareHashes()));
    targets.add(
        Target.below(
                "log-in, p99 in ms, 1 connection (specification)",
                50,
                single.measured().figures().p99())
            .beside(single.bare().figures().p99()));
  }

  /**
   * Hashes and log-ins in turn, a second or two of each: machines are faster at one moment than at
   * another, and so both have the same moments.
   */
  private LogIns logIns(int connections, byte[] request) throws Exception {
    Latencies hashes = new Latencies();
    Latencies answers = new Latencies();
    Measured bare = Measured.NOTHING;
    Measured served = Measured.NOTHING;
    Duration part = life.dividedBy(PARTS);
    try (HttpLoad load =
        HttpLoad.open(url, callers(connections, () -> HttpRequests.repeating(request)))) {
      for (int i = 0; i < 2 * PARTS; i++) {
        bare = hash(connections, part, hashes).after(bare);
        served = Measured.of(pid, () -> load.saturate(part, answers)).after(served);
      }
    }
    report.line("Argon2id alone", connections, bare, "", null);
    String beside = "Argon2id alone, " + Report.counted(connections, "thread");
    report.line("log in", connections, served, beside, bare.figures());
    return new LogIns(served, bare);
  }

  private record LogIns(Measured measured, Measured bare) {
    double inBareHashes() {
      return measured.figures().p50() / bare.figures().p50();
    }
  }

  /** Gives access tokens that no service has seen. */
  private Queue<String> refreshes(byte[] login, String userId) throws Exception {
    ArrayDeque<String> issued = new ArrayDeque<>();
    List<HttpCaller> chains = new ArrayList<>();
    for (String token : refreshTokens(login)) {
      chains.add(new RefreshChain(requests, token, issued, FRESH_TOKENS));
    }
    Measured refresh;
    try (HttpLoad load = HttpLoad.open(url, chains)) {
      warmUp.run(slice -> Measured.of(pid, () -> load.saturate(slice)));
      refresh = Measured.of(pid, () -> load.saturate(life));
    }
    String run = "bench" + System.nanoTime();
    firstTokens(run, userId, MANY);
    Figures rotation = bare.measure(ROTATION, Map.of("run", run), MANY, life);
    report.line("refresh", MANY, refresh, "1 statement, " + bare.tool(), rotation);
    targets.add(Target.atLeast("refreshes a second and core", 1_500, refresh.perSecondPerCore()));
    return issued;
  }

  /** One for each chain, one after the other: an account may not be tried many times at once. */
  private List<String> refreshTokens(byte[] login) throws IOException {
    List<String> tokens = new ArrayList<>();
    HttpCaller caller =
        new HttpCaller() {
          @Override
          public byte[] next() {
            return login;
          }

          @Override
          public void answered(HttpAnswer answer) throws IOException {
            HttpRequests.requireSuccess(answer);
            tokens.add(answer.field("refresh_token"));
          }

          @Override
          public boolean hasNext() {
            return tokens.size() < MANY;
          }
        };
    try (HttpLoad load = HttpLoad.open(url, List.of(caller))) {
      load.saturate(Duration.ofMinutes(1));
    }
    return tokens;
  }

  private void tokenChecks(String token, Queue<String> fresh, String userId) throws Exception {
    byte[] own = requests.get("/api/v1/auth/me", token);
    warmUp.run(slice -> saturated(MANY, slice, () -> HttpRequests.repeating(own)));
    Measured warm = saturated(MANY, life, () -> HttpRequests.repeating(own));
    Figures row = profileRow(userId, MANY);
    report.line("token check and own profile", MANY, warm, "SELECT by id, " + bare.tool(), row);
    Queue<String> first = new ArrayDeque<>();
    for (int i = fresh.size() / 2; i > 0; i--) {
      first.add(fresh.remove());
    }
    saturated(MANY, life, () -> new OnceEach(requests, first));
    Measured never = saturated(MANY, life, () -> new OnceEach(requests, fresh));
    report.line("the same, tokens never seen", MANY, never, "SELECT by id, " + bare.tool(), row);
  }

  private void profileReads(String token, String userId) throws Exception {
    byte[] profile = requests.get("/api/v1/users/" + userId, token);
    warmUp.run(slice -> saturated(READERS, slice, () -> HttpRequests.repeating(profile)));
    Measured busy = saturated(READERS, life, () -> HttpRequests.repeating(profile));
    Figures row = profileRow(userId, READERS);
    report.line("profile read, saturated", READERS, busy, "SELECT by id, " + bare.tool(), row);
    targets.add(below5("saturated", busy));
    for (double rate : new double[] {SLOW_RATE, FAST_RATE}) {
      String name = "%s/s".formatted(Report.plain(rate));
      Measured measured;
      try (HttpLoad load =
          HttpLoad.open(url, callers(READERS, () -> HttpRequests.repeating(profile)))) {
        measured = Measured.of(pid, () -> load.atRate(rate, life));
      }
      report.line("profile read, open loop, " + name, READERS, measured, "", null);
      targets.add(below5(name, measured));
    }
  }

  private static Target below5(String load, Measured measured) {
    return Target.below(
        "profile read, p99 in ms, 50 connections, " + load, 5, measured.figures().p99());
  }

  private Figures profileRow(String userId, int connections) throws Exception {
    return bare.measure(PROFILE, Map.of("user_id", userId), connections, life);
  }

  private Measured saturated(int connections, Duration time, Supplier<HttpCaller> caller)
      throws Exception {
    try (HttpLoad load = HttpLoad.open(url, callers(connections, caller))) {
      return Measured.of(pid, () -> load.saturate(time));
    }
  }

  private static List<HttpCaller> callers(int connections, Supplier<HttpCaller> caller) {
    return Collections.nCopies(connections, caller).stream().map(Supplier::get).toList();
  }

  private static Measured hash(int threads, Duration time, Latencies latencies) throws Exception {
    return Measured.of(
        ProcessHandle.current().pid(),
        () -> Load.during(time, threads, number -> AuthBenchmark::bareHash, latencies));
  }

  private static void bareHash() {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(19 * 1024)
            .withIterations(2)
            .withParallelism(1)
            .withSalt(new byte[16])
            .build());
    argon2.generateBytes("A long bench password".getBytes(UTF_8), new byte[32]);
  }

  private void firstTokens(String run, String userId, int families) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(database), postgres.superuser(), postgres.password());
        PreparedStatement family = connection.prepareStatement(FAMILIES);
        PreparedStatement token = connection.prepareStatement(FIRST_TOKENS)) {
      family.setString(1, run);
      family.setString(2, userId);
      family.setInt(3, families);
      family.executeUpdate();
      token.setString(1, run);
      token.executeUpdate();
    }
  }

  /** Reads the own profile, each time with another token, until there are no more. */
  private record OnceEach(HttpRequests requests, Queue<String> tokens) implements HttpCaller {
    @Override
    public byte[] next() {
      return requests.get("/api/v1/auth/me", tokens.remove());
    }

    @Override
    public void answered(HttpAnswer answer) throws IOException {
      HttpRequests.requireSuccess(answer);
    }

    @Override
    public boolean hasNext() {
      return !tokens.isEmpty();
    }
  }
}
