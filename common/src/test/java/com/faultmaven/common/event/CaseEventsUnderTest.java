package com.faultmaven.common.event;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A consumer as services have them: it writes a row for each status change. */
@ApplicationScoped
public class CaseEventsUnderTest {
  /** An owner whose events this consumer can never apply. */
  static final String POISON = "poison";

  private final IdempotentConsumer consumer;
  private final EventHandlers handlers =
      EventHandlers.on(CaseStatusChanged.TYPE, CaseStatusChanged.class, this::apply)
          .thenAlways(CaseStatusChanged.TYPE, CaseStatusChanged.class, this::follow);
  private final AtomicInteger lostConnections = new AtomicInteger();
  private final AtomicInteger lostSequels = new AtomicInteger();
  private final List<String> followed = new CopyOnWriteArrayList<>();
  private final List<String> dead = new CopyOnWriteArrayList<>();

  @Inject
  CaseEventsUnderTest(IdempotentConsumer consumer) {
    this.consumer = consumer;
  }

  @Incoming("cases")
  Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "test", handlers);
  }

  @Incoming("dead")
  void receiveDead(byte[] data) {
    dead.add(new String(data, java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Data of dead-lettered events. */
  List<String> dead() {
    return dead;
  }

  /** Lets the next events fail so often as if the database went away. */
  void loseConnections(int times) {
    lostConnections.set(times);
  }

  /** Lets what follows the next events fail so often as if a store were away. */
  void loseSequels(int times) {
    lostSequels.set(times);
  }

  /** Cases of the events that were followed, once for each time. */
  List<String> followed() {
    return followed;
  }

  private Uni<Void> follow(CaseStatusChanged changed) {
    if (lostSequels.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return Uni.createFrom().failure(new java.io.IOException("connection lost"));
    }
    followed.add(changed.caseId());
    return Uni.createFrom().voidItem();
  }

  private Uni<Void> apply(SqlConnection transaction, CaseStatusChanged changed) {
    return transaction
        .preparedQuery("INSERT INTO applied (case_id, status) VALUES ($1, $2)")
        .execute(Tuple.of(changed.caseId(), changed.toStatus().wireName()))
        .invoke(
            () -> {
              // After the write: a failed attempt must leave no row.
              if (changed.userId().equals(POISON)) {
                throw new IllegalStateException("cannot be applied");
              }
              if (lostConnections.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new java.io.UncheckedIOException(new java.io.IOException("connection lost"));
              }
            })
        .replaceWithVoid();
  }
}
