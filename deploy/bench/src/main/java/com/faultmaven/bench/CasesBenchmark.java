package com.faultmaven.bench;

import com.faultmaven.local.servers.ServerEndpoints.Postgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Loads, filters, pages, searches and writes of case-service over thousands of cases, each beside
 * the very statement that the service runs for it.
 */
final class CasesBenchmark {
  private static final int OWNERS = 50;
  private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
  private static final int USUAL = 16;
  private static final int FRESH_PER_SECOND = 500;
  private static final int MOST_WARM_UPS = 24;
  private static final int MOST_WARM_UPS_AT_RATE = 12;

  /**
   * The middle one counts: a 99th percentile is that of a few dozen requests, and a tenth of a
   * second in which the machine does something else is all of them.
   */
  private static final int RUNS_AT_RATE = 3;

  /** So few cases are read again and again that all are copied soon. */
  private static final int COPIED = 50;

  /**
   * Where everything is.
   *
   * @param url of case-service
   * @param gateway its address
   * @param pid the process of case-service
   * @param database its database
   * @param log of PostgreSQL
   * @param redis where case-service keeps its copies
   */
  record Place(
      URI url, URI gateway, long pid, Postgres postgres, String database, Path log, URI redis) {}

  /**
   * How much and how long.
   *
   * @param cases how many
   * @param life of each measurement, whole seconds
   */
  record Extent(int cases, Duration life) {
    /** How many there are when the load is measured for the first time. */
    int few() {
      return Math.max(1, cases / 10);
    }

    /**
     * How long the server alone is measured: it needs less time to show its median, but pgbench
     * counts in how long it takes to connect and to plan.
     */
    Duration bareLife(int connections) {
      return Duration.ofSeconds(Math.max(2, life.toSeconds() / 2) + connections / 50);
    }

    /** Fresh cases for each run of status changes. */
    int fresh() {
      return Math.toIntExact(FRESH_PER_SECOND * life.toSeconds());
    }
  }

  private final Place place;
  private final Extent extent;
  private final Report report;
  private final BareSql bare;
  private final Client anybody;
  private final List<Target> targets = new ArrayList<>();

  /**
   * For a service that runs.
   *
   * @param directory for files of pgbench
   */
  CasesBenchmark(Place place, Extent extent, Path directory, Report report) {
    this.place = place;
    this.extent = extent;
    this.report = report;
    bare = new BareSql(place.postgres(), place.database(), directory);
    anybody = new Client(place.gateway(), null);
  }

  /**
   * Fills the database and measures everything.
   *
   * @param name what the names of the accounts begin with
   */
  void run(String name) throws Exception {
    List<BenchUser> users = BenchUser.register(anybody, name, OWNERS);
    List<String> userIds = users.stream().map(BenchUser::userId).toList();
    // Ended so lately that no job archives them: it would take the processors, and their rows.
    Instant begin = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(SampleCases.SPAN);
    SampleCases cases = new SampleCases(userIds, begin);
    CaseWriter writer = new CaseWriter(place.postgres(), place.database(), cases);
    writer.ensureUsers(userIds);

    write(writer, 0, extent.few());
    double few = loadOfFew(new CaseCalls(place.url(), tokens(users), extent.few()), cases);
    write(writer, extent.few(), extent.cases());
    writer.writeFresh(1 + (1 + CONNECTIONS.size()) * extent.fresh());

    CaseCalls calls = new CaseCalls(place.url(), tokens(users), extent.cases());
    List<CaseOperation> operations = operations(calls, cases);
    double many = load(operations.removeFirst(), calls);
    targets.add(
        Target.atMost(
            String.format(
                Locale.ROOT,
                "full load, p50 of %,d cases in those of %,d, 1 connection",
                extent.cases(),
                extent.few()),
            1.2,
            many / few));
    for (CaseOperation operation : operations) {
      measure(operation);
    }
    report.targets(targets);
    report.note(
        """

        CPU ms: processor time of case-service's process for one request; s*core: requests a second
        that one core serves at that price. Cases are uneven in size: the 99th percentile of a load
        is that of a large case. Requests that were refused because of the load (503): %d."""
            .formatted(calls.refused()));
  }

  /** New ones each time: filling the database takes a good part of their life. */
  private List<String> tokens(List<BenchUser> users) throws IOException, InterruptedException {
    List<String> tokens = new ArrayList<>();
    for (BenchUser user : users) {
      tokens.add(user.token(anybody));
    }
    return tokens;
  }

  private void write(CaseWriter writer, int from, int to) throws Exception {
    long start = System.nanoTime();
    Map<CaseTable, Integer> written = writer.write(from, to);
    report.note(
        String.format(
            Locale.ROOT,
            "wrote %,d cases, %,d pieces of evidence, %,d hypotheses, %,d messages in %.0f s",
            to - from,
            written.get(CaseTable.EVIDENCE),
            written.get(CaseTable.HYPOTHESES),
            written.get(CaseTable.MESSAGES),
            (System.nanoTime() - start) / 1e9));
  }

  private StatementLog log() throws Exception {
    return StatementLog.open(place.postgres(), place.database(), place.log());
  }

  /** The median of a load while there are few cases, in milliseconds, one connection. */
  private double loadOfFew(CaseCalls calls, SampleCases cases) throws Exception {
    CaseOperation load;
    forgetCopies();
    try (StatementLog log = log()) {
      load = new CaseOperations(place.url(), log, calls, cases, extent.few()).load();
    }
    warmUp(load);
    String name = String.format(Locale.ROOT, "full load, %,d cases", extent.few());
    return line(name, load, 1, 1).measured().figures().p50();
  }

  /** What has a promise is measured warm; the others profit from the code that they share. */
  private void warmUp(CaseOperation operation) throws Exception {
    new WarmUp(extent.life(), operation.below() > 0 ? MOST_WARM_UPS : 1)
        .run(slice -> saturated(place.url(), USUAL, slice, operation.callers().of(0)));
  }

  /** So that whole cases come from the database. */
  private void forgetCopies() throws IOException {
    try (RawRedis redis = new RawRedis(place.redis())) {
      redis.command("FLUSHALL");
    }
  }

  private List<CaseOperation> operations(CaseCalls calls, SampleCases cases) throws Exception {
    forgetCopies();
    try (StatementLog log = log()) {
      CaseOperations all = new CaseOperations(place.url(), log, calls, cases, extent.cases());
      return new ArrayList<>(
          List.of(
              all.load(),
              all.evidence(),
              all.hypotheses(),
              all.messages(),
              all.search(),
              all.append(),
              all.changeStatus(extent.fresh()),
              all.open()));
    }
  }

  /** The median in milliseconds, one connection. */
  private double load(CaseOperation load, CaseCalls calls) throws Exception {
    List<Row> rows = measure(load);
    for (Row row : rows) {
      if (row.connections() != CONNECTIONS.getLast()) {
        targets.add(
            Target.atMost(
                "full load, p50 in bare statements, "
                    + Report.counted(row.connections(), "connection"),
                1.5,
                row.measured().figures().p50() / row.bare().p50()));
      }
    }
    Row usual = rows.get(CONNECTIONS.indexOf(USUAL));
    for (int i = 0; i < 2; i++) {
      Measured copies =
          loaded(place.url(), USUAL, extent.life(), () -> calls.readingFirst(COPIED, ""));
      if (i > 0) {
        report.line(
            "full load, copies in Redis",
            USUAL,
            copies,
            "the service itself",
            usual.measured().figures(),
            "");
      }
    }
    Measured gateway =
        saturated(place.gateway(), USUAL, extent.life(), load.callers().of(rows.size() + 1));
    report.line(
        "full load through the gateway",
        USUAL,
        gateway,
        "the service itself",
        usual.measured().figures(),
        "");
    return rows.getFirst().measured().figures().p50();
  }

  private List<Row> measure(CaseOperation operation) throws Exception {
    warmUp(operation);
    List<Row> rows = new ArrayList<>();
    for (int connections : CONNECTIONS) {
      rows.add(line(operation.name(), operation, connections, rows.size() + 1));
    }
    if (operation.below() > 0) {
      Measured usual = rows.get(CONNECTIONS.indexOf(USUAL)).measured();
      // Some of the slowest bare runs are those in which the work was planned.
      promise(operation, "saturated", usual, Optional.empty());
    }
    if (operation.rate() > 0) {
      atRate(operation, rows.size() + 1);
    }
    return rows;
  }

  private void promise(
      CaseOperation operation, String load, Measured measured, Optional<Figures> sql) {
    Target target =
        Target.below(
            "%s, p99 in ms, %d connections, %s".formatted(operation.name(), USUAL, load),
            operation.below(),
            measured.figures().p99());
    targets.add(sql.isPresent() ? target.beside(sql.get().p99()) : target);
  }

  /** As users come, not as fast as answers do: what a request takes when the machine has a rest. */
  private void atRate(CaseOperation operation, int run) throws Exception {
    Duration life = extent.life().multipliedBy(2);
    String rate = Report.plain(operation.rate()) + "/s";
    // Few requests at once take other ways than many: compilers have work again, which is as large
    // a part of a slow load as it was a small one of a fast one.
    int[] runs = {run};
    new WarmUp(extent.life(), MOST_WARM_UPS_AT_RATE)
        .run(slice -> atRate(operation, ++runs[0], slice));
    List<Figures> bares = new ArrayList<>();
    List<Measured> runsAtRate = new ArrayList<>();
    for (int i = 0; i < RUNS_AT_RATE; i++) {
      forgetCopies();
      bare.atRate(operation.bare(), USUAL, operation.rate(), life).ifPresent(bares::add);
      runsAtRate.add(atRate(operation, ++runs[0], life));
    }
    Optional<Figures> sql =
        bares.isEmpty() ? Optional.empty() : Optional.of(middle(bares, Figures::p99));
    Measured measured = middle(runsAtRate, at -> at.figures().p99());
    report.line(
        operation.name() + ", " + rate,
        USUAL,
        measured,
        sql.isPresent() ? "%s, %s".formatted(bare.tool(), rate) : "",
        sql.orElse(null),
        "< %s ms".formatted(Report.plain(operation.below())));
    promise(operation, rate, measured, sql);
  }

  /** Of an odd number, the one that as many stay below as exceed it. */
  private static <T> T middle(List<T> all, ToDoubleFunction<T> by) {
    return all.stream().sorted(Comparator.comparingDouble(by)).toList().get(all.size() / 2);
  }

  private Measured atRate(CaseOperation operation, int run, Duration life) throws Exception {
    try (HttpLoad load = HttpLoad.open(place.url(), callers(USUAL, operation.callers().of(run)))) {
      return Measured.of(place.pid(), () -> load.atRate(operation.rate(), life));
    }
  }

  private Row line(String name, CaseOperation operation, int connections, int run)
      throws Exception {
    // Before and after: machines are faster at one moment than at another.
    Figures before = bare.measure(operation.bare(), connections, extent.bareLife(connections));
    Measured measured =
        saturated(place.url(), connections, extent.life(), operation.callers().of(run));
    Figures sql =
        before.and(bare.measure(operation.bare(), connections, extent.bareLife(connections)));
    int statements = operation.bare().getFirst().statements().size();
    boolean promised = operation.below() > 0 && connections == USUAL;
    report.line(
        name,
        connections,
        measured,
        "%s, %s".formatted(Report.counted(statements, "statement"), bare.tool()),
        sql,
        promised ? "< %s ms".formatted(Report.plain(operation.below())) : "");
    return new Row(connections, measured, sql);
  }

  private Measured saturated(URI url, int connections, Duration time, Supplier<HttpCaller> caller)
      throws Exception {
    forgetCopies();
    return loaded(url, connections, time, caller);
  }

  private Measured loaded(URI url, int connections, Duration time, Supplier<HttpCaller> caller)
      throws Exception {
    try (HttpLoad load = HttpLoad.open(url, callers(connections, caller))) {
      return Measured.of(place.pid(), () -> load.saturate(time));
    }
  }

  private static List<HttpCaller> callers(int connections, Supplier<HttpCaller> caller) {
    return Collections.nCopies(connections, caller).stream().map(Supplier::get).toList();
  }

  private record Row(int connections, Measured measured, Figures bare) {}
}
