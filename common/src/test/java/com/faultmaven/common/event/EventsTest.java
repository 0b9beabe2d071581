package com.faultmaven.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
class EventsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Transactions transactions;
  @Inject Outbox outbox;
  @Inject OutboxHousekeeping housekeeping;
  @Inject Pool pool;
  @Inject Clock clock;
  @Inject CaseEventsUnderTest consumer;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  @ConfigProperty(name = "faultmaven.events.topic-prefix")
  String prefix;

  @Test
  void carriesAnEventToItsConsumer() {
    String caseId = Ids.next();
    append(event(caseId, "u", CaseStatus.INVESTIGATING));

    await().atMost(PATIENCE).until(() -> applied(caseId).equals(List.of("investigating")));
    await().atMost(PATIENCE).until(() -> waiting() == 0);
  }

  @Test
  void keepsTheOrderOfAnAggregateUnderConcurrentWriters() {
    List<String> cases = IntStream.range(0, 5).mapToObj(i -> Ids.next()).toList();
    List<Uni<?>> writers = new ArrayList<>();
    List<CaseStatus> statuses =
        List.of(CaseStatus.INVESTIGATING, CaseStatus.RESOLVED, CaseStatus.CLOSED);
    for (int i = 0; i < 20; i++) {
      CaseStatus status = statuses.get(i % statuses.size());
      cases.forEach(caseId -> writers.add(appended(event(caseId, "u", status))));
    }
    Uni.combine()
        .all()
        .unis(writers)
        .usingConcurrencyOf(10)
        .discardItems()
        .await()
        .atMost(PATIENCE);

    for (String caseId : cases) {
      await().atMost(PATIENCE).until(() -> applied(caseId).size() == 20);
      assertThat(applied(caseId)).isEqualTo(inOutbox(caseId));
    }
  }

  @Test
  void publishesNothingOfATransactionThatIsRolledBack() {
    String caseId = Ids.next();
    Uni<Void> failing =
        transactions.inTransaction(
            tx ->
                outbox
                    .append(tx, event(caseId, "u", CaseStatus.CLOSED))
                    .flatMap(done -> Uni.createFrom().failure(new IllegalStateException("no"))));
    assertThatThrownBy(() -> failing.await().atMost(PATIENCE)).hasMessage("no");

    // A later event of the same aggregate arrives alone.
    append(event(caseId, "u", CaseStatus.RESOLVED));
    await().atMost(PATIENCE).until(() -> !applied(caseId).isEmpty());
    assertThat(applied(caseId)).containsExactly("resolved");
  }

  @Test
  void appliesACopyOfAnEventOnce() {
    String caseId = Ids.next();
    append(event(caseId, "u", CaseStatus.INVESTIGATING));
    await().atMost(PATIENCE).until(() -> applied(caseId).size() == 1);

    // As after a crash between Kafka's confirmation and the mark.
    run("UPDATE outbox SET published_at = NULL WHERE aggregate_id = $1", caseId);
    append(event(caseId, "u", CaseStatus.RESOLVED));

    await().atMost(PATIENCE).until(() -> applied(caseId).size() > 1);
    assertThat(applied(caseId)).containsExactly("investigating", "resolved");
    // What follows may not have been done the first time.
    await()
        .atMost(PATIENCE)
        .until(() -> consumer.followed().stream().filter(caseId::equals).count() == 3);
  }

  @Test
  void followsAnEventThatIsAppliedAlreadyUntilItSucceeds() {
    String caseId = Ids.next();
    consumer.loseSequels(3);
    append(event(caseId, "u", CaseStatus.INVESTIGATING));

    await().atMost(PATIENCE).until(() -> consumer.followed().contains(caseId));
    assertThat(applied(caseId)).containsExactly("investigating");
  }

  @Test
  void refusesWhatFollowsNothing() {
    EventHandlers handlers =
        EventHandlers.on(
            CaseDeleted.TYPE, CaseDeleted.class, (tx, event) -> Uni.createFrom().voidItem());
    assertThatThrownBy(
            () ->
                handlers.thenAlways(
                    CaseStatusChanged.TYPE,
                    CaseStatusChanged.class,
                    event -> Uni.createFrom().voidItem()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(CaseStatusChanged.TYPE);
  }

  @Test
  void passesOverWhatTheServiceDoesNotNeed() {
    String caseId = Ids.next();
    append(new CaseDeleted(caseId, "u", clock.instant()));
    append(event(caseId, "u", CaseStatus.INVESTIGATING));

    await().atMost(PATIENCE).until(() -> applied(caseId).equals(List.of("investigating")));
    assertThat(
            texts(
                "SELECT o.event_type AS t FROM outbox o JOIN processed_events USING (event_id)"
                    + " WHERE o.aggregate_id = $1",
                caseId))
        .containsExactly(CaseStatusChanged.TYPE);
  }

  @Test
  void refusesTwoHandlersOfOneType() {
    EventHandlers handlers =
        EventHandlers.on(
            CaseDeleted.TYPE, CaseDeleted.class, (tx, event) -> Uni.createFrom().voidItem());
    assertThatThrownBy(
            () ->
                handlers.and(
                    CaseDeleted.TYPE,
                    CaseDeleted.class,
                    (tx, event) -> Uni.createFrom().voidItem()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(CaseDeleted.TYPE);
  }

  @Test
  void waitsWhileAStoreIsAway() {
    String caseId = Ids.next();
    consumer.loseConnections(5);
    append(event(caseId, "u", CaseStatus.INVESTIGATING));

    await().atMost(PATIENCE).until(() -> applied(caseId).equals(List.of("investigating")));
  }

  @Test
  void deadLettersWhatCannotBeAppliedAndGoesOn() {
    String poisoned = Ids.next();
    String sound = Ids.next();
    append(event(poisoned, CaseEventsUnderTest.POISON, CaseStatus.INVESTIGATING));
    append(event(sound, "u", CaseStatus.INVESTIGATING));

    await().atMost(PATIENCE).until(() -> applied(sound).size() == 1);
    await()
        .atMost(PATIENCE)
        .until(() -> consumer.dead().stream().anyMatch(data -> data.contains(poisoned)));
    assertThat(applied(poisoned)).isEmpty();
  }

  @Test
  void deadLettersWhatIsNotAnEvent() throws Exception {
    String nonsense = "nonsense " + Ids.next();
    Properties settings = new Properties();
    settings.putAll(Map.of("bootstrap.servers", kafka));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(prefix + ".cases", nonsense.getBytes(UTF_8))).get();
    }

    await().atMost(PATIENCE).until(() -> consumer.dead().contains(nonsense));
  }

  @Test
  void deadLettersDataThatAreNotWhatTheirTypePromises() {
    String caseId = Ids.next();
    String sound = Ids.next();
    append(event(caseId, "u", CaseStatus.INVESTIGATING));
    await().atMost(PATIENCE).until(() -> applied(caseId).size() == 1);
    run(
        """
        INSERT INTO outbox (event_id, event_type, topic, aggregate_id, data, created_at)
        SELECT event_id || 'x', event_type, topic, aggregate_id, '{"case_id": 7', now()
        FROM outbox WHERE aggregate_id = $1
        """,
        caseId);
    append(event(sound, "u", CaseStatus.INVESTIGATING));

    await().atMost(PATIENCE).until(() -> consumer.dead().contains("{\"case_id\": 7"));
    await().atMost(PATIENCE).until(() -> applied(sound).size() == 1);
  }

  @Test
  void forgetsOldRowsAndKeepsWaitingOnes() {
    String caseId = Ids.next();
    append(event(caseId, "u", CaseStatus.INVESTIGATING));
    await().atMost(PATIENCE).until(() -> applied(caseId).size() == 1);
    await().atMost(PATIENCE).until(() -> waiting() == 0);
    run(
        "UPDATE outbox SET published_at = now() - interval '2 days' WHERE aggregate_id = $1",
        caseId);

    assertThat(housekeeping.deleteOld().await().atMost(PATIENCE)).isPositive();
    assertThat(inOutbox(caseId)).isEmpty();
  }

  private CaseStatusChanged event(String caseId, String userId, CaseStatus to) {
    return new CaseStatusChanged(
        caseId, userId, CaseStatus.CONSULTING, to, null, Instant.now(clock));
  }

  private Uni<Void> appended(DomainEvent event) {
    return transactions.inTransaction(tx -> outbox.append(tx, event));
  }

  private void append(DomainEvent event) {
    appended(event).await().atMost(PATIENCE);
  }

  private void run(String sql, String parameter) {
    pool.preparedQuery(sql).execute(Tuple.of(parameter)).await().atMost(PATIENCE);
  }

  private List<String> applied(String caseId) {
    return texts("SELECT status AS t FROM applied WHERE case_id = $1 ORDER BY n", caseId);
  }

  private List<String> inOutbox(String caseId) {
    return texts(
        "SELECT data::jsonb ->> 'to_status' AS t FROM outbox WHERE aggregate_id = $1 ORDER BY seq",
        caseId);
  }

  private List<String> texts(String sql, String parameter) {
    List<String> texts = new ArrayList<>();
    for (Row row : pool.preparedQuery(sql).execute(Tuple.of(parameter)).await().atMost(PATIENCE)) {
      texts.add(row.getString("t"));
    }
    return texts;
  }

  private long waiting() {
    return pool.query("SELECT count(*) FROM outbox WHERE published_at IS NULL")
        .execute()
        .await()
        .atMost(PATIENCE)
        .iterator()
        .next()
        .getLong(0);
  }
}
