package com.faultmaven.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries events from the outbox to Kafka and marks them when Kafka has confirmed them, so that a
 * crash at any moment publishes an event twice at worst and never loses one. Of several replicas
 * one works at a time. Events of one aggregate go one after the other, those of different ones side
 * by side.
 */
@ApplicationScoped
public class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final long LOCK = 0x666d_6f75_7462L;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private static final String TAKE_TURN = "SELECT pg_try_advisory_xact_lock($1) AS taken";
  private static final String WAITING =
      """
      SELECT seq, event_id, event_type, topic, aggregate_id, data, traceparent, created_at
      FROM outbox WHERE published_at IS NULL ORDER BY seq LIMIT $1
      """;
  private static final String MARK = "UPDATE outbox SET published_at = $1 WHERE seq = ANY($2)";

  private final Transactions transactions;
  private final MutinyEmitter<byte[]> kafka;
  private final EventSettings settings;
  private final Vertx vertx;
  private final Clock clock;
  private final String source;
  private final Counter published;
  private final Counter failures;
  private final AtomicLong delay = new AtomicLong();
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private volatile boolean stopped = true;
  private volatile Duration pause = FIRST_PAUSE;

  /** Wires the bean. */
  @Inject
  public OutboxRelay(
      Transactions transactions,
      @Channel("outbox") MutinyEmitter<byte[]> kafka,
      EventSettings settings,
      Vertx vertx,
      Clock clock,
      MeterRegistry metrics,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.transactions = transactions;
    this.kafka = kafka;
    this.settings = settings;
    this.vertx = vertx;
    this.clock = clock;
    this.source = "/faultmaven/" + service;
    this.published = metrics.counter("faultmaven.outbox.published");
    this.failures = metrics.counter("faultmaven.outbox.failures");
    metrics.gauge("faultmaven.outbox.delay.ms", delay, AtomicLong::get);
  }

  void start(@Observes StartupEvent event) {
    stopped = false;
    vertx.setPeriodic(settings.pollInterval().toMillis(), timer -> wake());
    wake();
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  void committed(@Observes Transactions.EventsCommitted event) {
    wake();
  }

  /** Sees to it that a run begins after this call; returns at once. */
  private void wake() {
    wanted.set(true);
    if (!stopped && running.compareAndSet(false, true)) {
      wanted.set(false);
      run();
    }
  }

  private void run() {
    Uni.createFrom()
        .deferred(() -> transactions.inTransaction(this::publishBatch))
        .subscribe()
        .with(this::done, this::failed);
  }

  private void done(Batch batch) {
    pause = FIRST_PAUSE;
    published.increment(batch.confirmed.size());
    if (batch.failure != null) {
      failed(batch.failure);
    } else {
      next(batch.full);
    }
  }

  private void failed(Throwable failure) {
    failures.increment();
    LOG.warnf(
        "Events wait in the outbox, next attempt in %d ms: %s",
        pause.toMillis(), failure.toString());
    Duration wait = pause;
    pause = longer(pause);
    vertx.setTimer(wait.toMillis(), timer -> next(true));
  }

  private Duration longer(Duration last) {
    Duration twice = last.multipliedBy(2);
    return twice.compareTo(settings.maxBackoff()) < 0 ? twice : settings.maxBackoff();
  }

  private void next(boolean more) {
    if (!stopped && (more || wanted.getAndSet(false))) {
      run();
      return;
    }
    running.set(false);
    // Somebody may have asked between the question above and the line before.
    if (wanted.get()) {
      wake();
    }
  }

  private Uni<Batch> publishBatch(SqlConnection transaction) {
    return transaction
        .preparedQuery(TAKE_TURN)
        .execute(Tuple.of(LOCK))
        .map(rows -> rows.iterator().next().getBoolean("taken"))
        .flatMap(
            taken -> taken ? publishWaiting(transaction) : Uni.createFrom().item(new Batch(false)));
  }

  private Uni<Batch> publishWaiting(SqlConnection transaction) {
    return transaction
        .preparedQuery(WAITING)
        .execute(Tuple.of(settings.batchSize()))
        .flatMap(
            rows -> {
              Map<String, List<Waiting>> byAggregate = new LinkedHashMap<>();
              Instant oldest = null;
              for (Row row : rows) {
                Waiting event = Waiting.of(row);
                oldest = oldest == null ? event.createdAt : oldest;
                byAggregate.computeIfAbsent(event.aggregateId, id -> new ArrayList<>()).add(event);
              }
              delay.set(oldest == null ? 0 : clock.millis() - oldest.toEpochMilli());
              Batch batch = new Batch(rows.size() == settings.batchSize());
              return byAggregate.isEmpty()
                  ? Uni.createFrom().item(batch)
                  : sendAll(byAggregate, batch).flatMap(sent -> mark(transaction, sent));
            });
  }

  private Uni<Batch> sendAll(Map<String, List<Waiting>> byAggregate, Batch batch) {
    List<Uni<Void>> sends = new ArrayList<>();
    for (List<Waiting> events : byAggregate.values()) {
      sends.add(
          Multi.createFrom()
              .iterable(events)
              .onItem()
              .transformToUniAndConcatenate(
                  event -> send(event).invoke(() -> batch.confirmed.add(event.seq)))
              .collect()
              .last()
              .replaceWithVoid());
    }
    return Uni.join()
        .all(sends)
        .andCollectFailures()
        .ifNoItem()
        .after(settings.sendTimeout())
        .fail()
        .replaceWith(batch)
        .onFailure()
        .recoverWithItem(
            failure -> {
              batch.failure = failure;
              return batch;
            });
  }

  private Uni<Batch> mark(SqlConnection transaction, Batch batch) {
    if (batch.confirmed.isEmpty()) {
      return Uni.createFrom().item(batch);
    }
    Long[] numbers = batch.confirmed.toArray(Long[]::new);
    return transaction
        .preparedQuery(MARK)
        .execute(Tuple.of(Rows.utc(clock.instant()), numbers))
        .replaceWith(batch);
  }

  private Uni<Void> send(Waiting event) {
    RecordHeaders headers = new RecordHeaders();
    header(headers, "ce_specversion", "1.0");
    header(headers, "ce_id", event.id);
    header(headers, "ce_source", source);
    header(headers, "ce_type", event.type);
    header(headers, "ce_subject", event.aggregateId);
    header(headers, "ce_time", event.createdAt.toString());
    header(headers, "content-type", "application/json");
    if (event.traceparent != null) {
      header(headers, "ce_traceparent", event.traceparent);
      header(headers, "traceparent", event.traceparent);
    }
    OutgoingKafkaRecordMetadata<String> record =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withTopic(event.topic)
            .withKey(event.aggregateId)
            .withHeaders(headers)
            .build();
    return kafka.sendMessage(Message.of(event.data.getBytes(UTF_8), Metadata.of(record)));
  }

  private static void header(RecordHeaders headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }

  /** What one run has done. */
  private static final class Batch {
    private final boolean full;
    private final Queue<Long> confirmed = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Throwable failure;

    Batch(boolean full) {
      this.full = full;
    }
  }

  private record Waiting(
      long seq,
      String id,
      String type,
      String topic,
      String aggregateId,
      String data,
      @Nullable String traceparent,
      Instant createdAt) {
    static Waiting of(Row row) {
      return new Waiting(
          row.getLong("seq"),
          row.getString("event_id"),
          row.getString("event_type"),
          row.getString("topic"),
          row.getString("aggregate_id"),
          row.getString("data"),
          row.getString("traceparent"),
          Rows.instant(row, "created_at"));
    }
  }
}
