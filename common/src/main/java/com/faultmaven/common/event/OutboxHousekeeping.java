package com.faultmaven.common.event;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.web.IdempotencySettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Deletes rows that nobody needs any more from the three tables that every service has: published
 * events, the memory of applied events, kept answers. Several replicas may do it at once.
 */
@ApplicationScoped
public class OutboxHousekeeping {
  private static final Logger LOG = Logger.getLogger(OutboxHousekeeping.class);
  private static final int BATCH = 1_000;

  private final Pool pool;
  private final EventSettings events;
  private final IdempotencySettings idempotency;
  private final Clock clock;
  private final Vertx vertx;
  private final MeterRegistry metrics;

  /** Wires the bean. */
  @Inject
  public OutboxHousekeeping(
      Pool pool,
      EventSettings events,
      IdempotencySettings idempotency,
      Clock clock,
      Vertx vertx,
      MeterRegistry metrics) {
    this.pool = pool;
    this.events = events;
    this.idempotency = idempotency;
    this.clock = clock;
    this.vertx = vertx;
    this.metrics = metrics;
  }

  private record Rule(String table, String column, Duration keep) {}

  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(
        events.housekeepingInterval().toMillis(),
        timer ->
            deleteOld()
                .subscribe()
                .with(
                    deleted -> {},
                    failure -> LOG.warnf("Old rows stay for now: %s", failure.toString())));
  }

  /** Deletes what is too old, in batches, and gives how many rows that were. */
  public Uni<Long> deleteOld() {
    List<Rule> rules =
        List.of(
            new Rule("outbox", "published_at", events.keepPublished()),
            new Rule("processed_events", "processed_at", events.keepProcessed()),
            new Rule("idempotency_keys", "created_at", idempotency.keep()));
    return Multi.createFrom()
        .iterable(rules)
        .onItem()
        .transformToUniAndConcatenate(this::apply)
        .collect()
        .asList()
        .map(counts -> counts.stream().mapToLong(Long::longValue).sum());
  }

  private Uni<Long> apply(Rule rule) {
    // The names are the three above, never anybody's input.
    String delete =
        """
        DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM %1$s WHERE %2$s < $1 ORDER BY %2$s LIMIT %3$d))
        """
            .formatted(rule.table, rule.column, BATCH);
    Tuple before = Tuple.of(Rows.utc(clock.instant().minus(rule.keep)));
    return Multi.createBy()
        .repeating()
        .uni(() -> pool.preparedQuery(delete).execute(before).map(rows -> (long) rows.rowCount()))
        .whilst(deleted -> deleted == BATCH)
        .collect()
        .with(Collectors.summingLong(Long::longValue))
        .invoke(
            deleted ->
                metrics
                    .counter("faultmaven.housekeeping.deleted", "table", rule.table)
                    .increment(deleted));
  }
}
