package com.faultmaven.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Applies each event once (decisions, section 6): the memory of having applied it is a row in the
 * same transaction. While a store is away the event waits, in its place; what fails for another
 * reason goes to the dead-letter topic after a few attempts.
 */
@ApplicationScoped
public class IdempotentConsumer {
  private static final Logger LOG = Logger.getLogger(IdempotentConsumer.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final String REMEMBER =
      """
      INSERT INTO processed_events (consumer, event_id) VALUES ($1, $2)
      ON CONFLICT DO NOTHING
      """;

  private final Transactions transactions;
  private final EventSettings settings;
  private final ObjectMapper json;
  private final MeterRegistry metrics;

  /** Wires the bean. */
  @Inject
  public IdempotentConsumer(
      Transactions transactions, EventSettings settings, ObjectMapper json, MeterRegistry metrics) {
    this.transactions = transactions;
    this.settings = settings;
    this.json = json;
    this.metrics = metrics;
  }

  /**
   * Applies the event in the message and acknowledges it; or refuses it, which puts it into the
   * dead-letter topic with the error in its headers. An event that the service does not need costs
   * it neither a transaction nor a row.
   *
   * @param consumer name under which the service remembers it
   */
  public Uni<Void> handle(Message<byte[]> message, String consumer, EventHandlers handlers) {
    return Uni.createFrom()
        .item(() -> read(message))
        .flatMap(
            event ->
                handlers.concern(event)
                    ? withRetries(event, consumer, handlers)
                    : passOver(event, consumer))
        .onItemOrFailure()
        .transformToUni(
            (outcome, failure) ->
                failure == null
                    ? Uni.createFrom().completionStage(() -> message.ack())
                    : refuse(message, consumer, failure));
  }

  private Uni<Void> passOver(ReceivedEvent event, String consumer) {
    metrics
        .counter("faultmaven.events.passed-over", "consumer", consumer, "type", event.type())
        .increment();
    return Uni.createFrom().voidItem();
  }

  private Uni<Void> withRetries(ReceivedEvent event, String consumer, EventHandlers handlers) {
    return Uni.createFrom()
        .deferred(() -> transactions.inTransaction(tx -> applyOnce(tx, event, consumer, handlers)))
        .chain(() -> handlers.follow(event))
        .onFailure(IdempotentConsumer::mayPass)
        .invoke(
            failure -> {
              metrics.counter("faultmaven.events.waits", "consumer", consumer).increment();
              LOG.warnf("%s %s waits: %s", event.type(), event.id(), failure.toString());
            })
        .onFailure(IdempotentConsumer::mayPass)
        .retry()
        .withBackOff(FIRST_PAUSE, settings.maxBackoff())
        .expireIn(settings.transientLimit().toMillis())
        .onFailure(failure -> !mayPass(failure) && !(failure instanceof MalformedEventException))
        .retry()
        .withBackOff(FIRST_PAUSE, settings.maxBackoff())
        .atMost(Math.max(1, settings.attempts() - 1));
  }

  private Uni<Void> applyOnce(
      SqlConnection transaction, ReceivedEvent event, String consumer, EventHandlers handlers) {
    return transaction
        .preparedQuery(REMEMBER)
        .execute(Tuple.of(consumer, event.id()))
        .flatMap(
            rows -> {
              boolean first = rows.rowCount() == 1;
              metrics
                  .counter(
                      "faultmaven.events.received",
                      "consumer",
                      consumer,
                      "type",
                      event.type(),
                      "duplicate",
                      Boolean.toString(!first))
                  .increment();
              return first ? handlers.apply(transaction, event) : Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> refuse(Message<byte[]> message, String consumer, Throwable failure) {
    metrics.counter("faultmaven.events.dead-lettered", "consumer", consumer).increment();
    LOG.errorf(failure, "%s cannot apply an event, it goes to the dead letters", consumer);
    return Uni.createFrom().completionStage(() -> message.nack(failure));
  }

  private ReceivedEvent read(Message<byte[]> message) {
    IncomingKafkaRecordMetadata<?, ?> record =
        message
            .getMetadata(IncomingKafkaRecordMetadata.class)
            .orElseThrow(() -> new MalformedEventException("not a Kafka record"));
    byte[] data = message.getPayload();
    if (data == null) {
      throw new MalformedEventException("a record without a value");
    }
    try {
      return new ReceivedEvent(
          header(record, "ce_id"),
          header(record, "ce_type"),
          header(record, "ce_subject"),
          Instant.parse(header(record, "ce_time")),
          data,
          json);
    } catch (DateTimeParseException e) {
      throw new MalformedEventException("ce_time is not a time", e);
    }
  }

  private static String header(IncomingKafkaRecordMetadata<?, ?> record, String name) {
    Header header = record.getHeaders().lastHeader(name);
    if (header == null || header.value() == null) {
      throw new MalformedEventException("a record without the header " + name);
    }
    return new String(header.value(), UTF_8);
  }

  private static boolean mayPass(Throwable failure) {
    if (failure instanceof MalformedEventException) {
      return false;
    }
    return DatabaseFailures.isTransient(failure)
        || (failure instanceof Problem problem && problem.status() == 503);
  }
}
