package com.faultmaven.common.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.WireName;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Table {@code job_runs}: the memory that keeps restarts and replicas from running a job again. */
@ApplicationScoped
public class JobRunTable {
  private static final String COLUMNS =
      """
      run_id, job, trigger, requested_by, started_at, seen_at, ended_at, outcome, counts, bytes,
        error
      """;

  /** The last run of each of the jobs, by name. */
  public static final String LAST =
      """
      SELECT last.* FROM unnest($1::TEXT[]) AS asked (name)
      CROSS JOIN LATERAL (
        SELECT %s FROM job_runs r WHERE r.job = asked.name
        ORDER BY r.started_at DESC, r.run_id DESC LIMIT 1) last
      """
          .formatted(COLUMNS);

  /** The runs of a job, newest first. */
  public static final String LIST =
      """
      SELECT %s FROM job_runs WHERE job = $1
      ORDER BY started_at DESC, run_id DESC LIMIT $2
      """
          .formatted(COLUMNS);

  private static final String FIND =
      "SELECT %s FROM job_runs WHERE run_id = $2 AND job = $1".formatted(COLUMNS);
  private static final String BEGIN =
      """
      INSERT INTO job_runs (run_id, job, trigger, requested_by, started_at, seen_at)
      VALUES ($1, $2, $3, $4, $5, $5)
      """;
  private static final String SEEN =
      """
      UPDATE job_runs SET seen_at = $2, counts = $3, bytes = $4
      WHERE run_id = $1 AND ended_at IS NULL
      """;
  private static final String END =
      """
      UPDATE job_runs
      SET seen_at = $2, ended_at = $2, outcome = $3, counts = $4, bytes = $5, error = $6
      WHERE run_id = $1 AND ended_at IS NULL
      """;

  /** Ends a job's runs that have no end, when the caller has the lock. */
  public static final String ABANDON =
      """
      UPDATE job_runs SET ended_at = $2, outcome = 'interrupted', error = 'replica-lost'
      WHERE job = $1 AND ended_at IS NULL
      RETURNING %s
      """
          .formatted(COLUMNS);

  /** As {@link #ABANDON}, when nobody has the lock: it is had until the transaction ends. */
  public static final String ABANDON_UNLOCKED =
      """
      WITH turn AS MATERIALIZED (
        SELECT pg_try_advisory_xact_lock(hashtextextended('faultmaven.job.' || $1, 0)) AS taken)
      UPDATE job_runs SET ended_at = $2, outcome = 'interrupted', error = 'replica-lost'
      WHERE job = $1 AND ended_at IS NULL AND (SELECT taken FROM turn)
      RETURNING %s
      """
          .formatted(COLUMNS);

  /** Forgets all but the newest runs. */
  public static final String FORGET =
      """
      DELETE FROM job_runs WHERE job = $1 AND ended_at IS NOT NULL AND started_at < (
        SELECT started_at FROM job_runs WHERE job = $1
        ORDER BY started_at DESC, run_id DESC LIMIT 1 OFFSET $2)
      """;

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public JobRunTable(Pool pool) {
    this.pool = pool;
  }

  /** The last run of each of these jobs that has one, by the job's name. */
  Uni<Map<String, JobRun>> last(Collection<String> jobs) {
    return pool.preparedQuery(LAST)
        .execute(Tuple.tuple().addArrayOfString(jobs.toArray(String[]::new)))
        .map(
            rows ->
                runs(rows).stream().collect(Collectors.toMap(JobRun::job, Function.identity())));
  }

  /** The newest runs of a job, newest first. */
  Uni<List<JobRun>> list(String job, int limit) {
    return pool.preparedQuery(LIST).execute(Tuple.of(job, limit)).map(JobRunTable::runs);
  }

  /** A run of a job. */
  Uni<Optional<JobRun>> find(String job, String runId) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(job, runId))
        .map(rows -> runs(rows).stream().findFirst());
  }

  /** Writes down that a run has begun; one run of a job at a time may be without an end. */
  Uni<Void> begin(JobRun run) {
    Tuple row =
        Tuple.tuple()
            .addString(run.runId())
            .addString(run.job())
            .addString(run.trigger().wireName())
            .addString(run.requestedBy())
            .addOffsetDateTime(Rows.utc(run.startedAt()));
    return pool.preparedQuery(BEGIN).execute(row).replaceWithVoid();
  }

  /** Writes down how far a run is; gives whether it is still the one that runs. */
  Uni<Boolean> seen(SqlConnection connection, String runId, JobReport report, Instant now) {
    Tuple row =
        Tuple.tuple()
            .addString(runId)
            .addOffsetDateTime(Rows.utc(now))
            .addValue(json(report.counts()))
            .addLong(report.bytes());
    return connection.preparedQuery(SEEN).execute(row).map(rows -> rows.rowCount() == 1);
  }

  /** Writes down how a run has ended; gives whether it had no end before. */
  Uni<Boolean> end(SqlConnection transaction, JobRun run) {
    Instant ended = run.endedAt();
    JobOutcome outcome = run.outcome();
    if (ended == null || outcome == null) {
      throw new IllegalArgumentException("the run has not ended");
    }
    Tuple row =
        Tuple.tuple()
            .addString(run.runId())
            .addOffsetDateTime(Rows.utc(ended))
            .addString(outcome.wireName())
            .addValue(json(run.counts()))
            .addLong(run.bytes())
            .addString(run.error());
    return transaction.preparedQuery(END).execute(row).map(rows -> rows.rowCount() == 1);
  }

  /**
   * Ends what a lost replica has left without an end.
   *
   * @param locked whether the caller has the job's lock; else nothing is done while somebody has it
   * @return the runs that were ended
   */
  Uni<List<JobRun>> abandon(SqlConnection transaction, String job, boolean locked, Instant now) {
    return transaction
        .preparedQuery(locked ? ABANDON : ABANDON_UNLOCKED)
        .execute(Tuple.of(job, Rows.utc(now)))
        .map(JobRunTable::runs);
  }

  /** Forgets all but the newest runs of a job. */
  Uni<Void> forget(String job, int keep) {
    return pool.preparedQuery(FORGET).execute(Tuple.of(job, keep - 1)).replaceWithVoid();
  }

  private static List<JobRun> runs(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(JobRunTable::run).toList();
  }

  private static JobRun run(Row row) {
    String outcome = row.getString("outcome");
    return new JobRun(
        row.getString("run_id"),
        row.getString("job"),
        WireName.require(JobTrigger.class, row.getString("trigger")),
        row.getString("requested_by"),
        Rows.instant(row, "started_at"),
        Rows.instant(row, "seen_at"),
        Rows.instantOrNull(row, "ended_at"),
        outcome == null ? null : WireName.require(JobOutcome.class, outcome),
        counts(Rows.json(row, "counts")),
        row.getLong("bytes"),
        row.getString("error"));
  }

  private static Map<String, Long> counts(@Nullable JsonNode json) {
    Map<String, Long> counts = new TreeMap<>();
    if (json != null) {
      json.properties().forEach(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
    }
    return counts;
  }

  private static JsonObject json(Map<String, Long> counts) {
    return new JsonObject(new TreeMap<String, Object>(counts));
  }
}
