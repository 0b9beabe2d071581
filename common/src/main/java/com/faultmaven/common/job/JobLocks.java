package com.faultmaven.common.job;

import com.faultmaven.common.db.DedicatedConnections;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Locks that let one replica at a time run a job: advisory locks of PostgreSQL, each held by a
 * connection of its own without a transaction. PostgreSQL gives the lock back when that connection
 * ends, however it ends. The connection must lead to one server process: a pooler between must work
 * by session.
 */
@ApplicationScoped
public class JobLocks {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  // A replica whose machine is gone sends nothing, not even an end: PostgreSQL asks after it.
  private static final String NOTICE_DEATH =
      """
      SELECT set_config('tcp_keepalives_idle', '20', FALSE),
        set_config('tcp_keepalives_interval', '10', FALSE),
        set_config('tcp_keepalives_count', '3', FALSE)
      """;
  private static final String TAKE =
      "SELECT pg_try_advisory_lock(hashtextextended('faultmaven.job.' || $1, 0)) AS taken";

  private final DedicatedConnections connections;

  /** Wires the bean. */
  @Inject
  public JobLocks(DedicatedConnections connections) {
    this.connections = connections;
  }

  /** Takes a job's lock; empty when somebody has it. */
  Uni<Optional<JobLock>> take(String job) {
    return connections.open().flatMap(connection -> take(connection, job));
  }

  private static Uni<Optional<JobLock>> take(SqlConnection connection, String job) {
    return connection
        .query(NOTICE_DEATH)
        .execute()
        .flatMap(set -> connection.preparedQuery(TAKE).execute(Tuple.of(job)))
        .map(rows -> rows.iterator().next().getBoolean("taken"))
        .ifNoItem()
        .after(TIMEOUT)
        .fail()
        .onFailure()
        .call(failure -> closed(connection))
        .flatMap(
            taken ->
                taken
                    ? Uni.createFrom().item(Optional.of(new JobLock(connection)))
                    : closed(connection).replaceWith(Optional.empty()));
  }

  private static Uni<Void> closed(SqlConnection connection) {
    return new JobLock(connection).release();
  }
}
