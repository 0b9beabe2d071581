package com.faultmaven.common.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Where a service puts its events, in the transaction that causes them (decisions, section 6): they
 * are published if and only if it commits, once at least, and those of one aggregate in the order
 * of the commits.
 */
@ApplicationScoped
public class Outbox {
  // The lock makes a second transaction on the aggregate wait for the first one's end before it
  // takes a number, so that numbers follow commits.
  private static final String APPEND =
      """
      WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended($4, 7)))
      INSERT INTO outbox (event_id, event_type, topic, aggregate_id, data, traceparent, created_at)
      SELECT $1, $2, $3, $4, $5, $6, $7 FROM turn
      """;

  private final ObjectMapper json;
  private final Transactions transactions;
  private final EventSettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Outbox(ObjectMapper json, Transactions transactions, EventSettings settings, Clock clock) {
    this.json = json;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Adds an event to the open transaction.
   *
   * @param transaction the one that {@link Transactions#inTransaction} gave
   */
  public Uni<Void> append(SqlConnection transaction, DomainEvent event) {
    Tuple row =
        Tuple.tuple()
            .addString(Ids.next())
            .addString(event.type())
            .addString(event.topic().named(settings.topicPrefix()))
            .addString(event.aggregateId())
            .addString(data(event))
            .addString(traceparent())
            .addOffsetDateTime(Rows.utc(clock.instant()));
    transactions.holdsEvents(transaction);
    return transaction.preparedQuery(APPEND).execute(row).replaceWithVoid();
  }

  private String data(DomainEvent event) {
    try {
      return json.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(event.type() + " cannot be written as JSON", e);
    }
  }

  private static @Nullable String traceparent() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex()
        : null;
  }
}
