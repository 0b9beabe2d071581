package com.faultmaven.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.e2e.Api.Answer;
import com.faultmaven.local.LocalStack;
import com.faultmaven.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What case-service promises while what it stands on breaks. */
@ExtendWith(RunningStack.class)
class FaultTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int WRITERS = 4;
  private static final int ROWS = 1_000;
  private static final int ACKNOWLEDGED = 40;
  private static final Duration AWAY = Duration.ofSeconds(20);

  private final LocalStack stack;

  FaultTest(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void losesNothingAcknowledgedWhenPostgresCrashes() throws Exception {
    Person person = Person.register(stack.gatewayUrl());
    Api api = new Api(stack.serviceUrl(Service.CASE), person.token());
    String caseId = api.post("/api/v1/cases", "{\"title\": \"Crash\"}").expect(201).text("case_id");
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    AtomicInteger afterwards = new AtomicInteger();
    AtomicBoolean back = new AtomicBoolean();
    int restarts = stack.status("postgres").restarts();

    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writing.add(
            writers.submit(
                () -> {
                  while (afterwards.get() < ACKNOWLEDGED) {
                    String text = UUID.randomUUID().toString();
                    int status = message(api, caseId, text);
                    statuses.add(status);
                    if (status == 201) {
                      acknowledged.add(text);
                      if (back.get()) {
                        afterwards.incrementAndGet();
                      }
                    }
                  }
                }));
      }
      await().atMost(PATIENCE).until(() -> acknowledged.size() >= ACKNOWLEDGED);
      stack.kill("postgres");
      await().atMost(PATIENCE).until(() -> stack.status("postgres").restarts() > restarts);
      await().atMost(PATIENCE).until(() -> stack.status("postgres").state().settled());
      back.set(true);
      for (Future<?> writer : writing) {
        writer.get();
      }
    }

    assertThat(statuses).isSubsetOf(Set.of(201, 503));
    assertThat(contents(api, caseId)).containsAll(acknowledged).doesNotHaveDuplicates();
  }

  /** Repeats what was not answered with its key, so that it is stored once at most. */
  private static int message(Api api, String caseId, String text) {
    String body =
        "{\"message_type\": \"user_query\", \"role\": \"user\", \"content\": \"" + text + "\"}";
    return api.send(
            "POST",
            "/api/v1/cases/" + caseId + "/messages",
            body,
            "Idempotency-Key",
            text.replace(' ', '-'))
        .status();
  }

  private static List<String> contents(Api api, String caseId) {
    return all(api, caseId, "messages");
  }

  /** Contents of all rows of a kind. */
  private static List<String> all(Api api, String caseId, String rows) {
    List<String> contents = new ArrayList<>();
    String cursor = "";
    do {
      Answer page =
          api.get("/api/v1/cases/" + caseId + "/" + rows + "?limit=200&order=asc&cursor=" + cursor)
              .expect(200);
      page.body().path("items").forEach(item -> contents.add(item.path("content").asText()));
      cursor = page.body().path("next_cursor").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    return contents;
  }

  /** Away for longer than the service waits for one confirmation. */
  @Test
  void requestsDoNotNoticeThatKafkaIsAwayAndItsEventsComeAfterwardsOnceInOrder() {
    Person person = Person.register(stack.gatewayUrl());
    Api api = new Api(stack.gatewayUrl(), person.token());
    long kafka = stack.status("kafka").pid();
    List<String> versions = new ArrayList<>();
    String caseId;
    signal(kafka, "STOP");
    try {
      caseId = api.post("/api/v1/cases", "{\"title\": \"Away\"}").expect(201).text("case_id");
      for (int i = 0; i < 5; i++) {
        api.upload(
                "/api/v1/cases/" + caseId + "/files",
                "away-" + i + ".log",
                ("2026-01-31T12:00:00Z ERROR pool exhausted " + i + "\n").getBytes(UTF_8),
                "processing_mode",
                "overview_cached")
            .expect(201);
        assertThat(message(api, caseId, "message " + i)).isEqualTo(201);
        versions.add(rename(api, caseId, "Away " + i));
      }
      become(api, caseId, "investigating");
      Instant longAway = Instant.now().plus(AWAY);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                versions.add(rename(api, caseId, "Still away"));
                return Instant.now().isAfter(longAway);
              });
      assertThat(evidence(api, caseId)).isEmpty();
    } finally {
      signal(kafka, "CONT");
    }

    await().atMost(PATIENCE).until(() -> evidence(api, caseId).size() == 5);
    // Another upload goes all the way: whatever came twice has come by now.
    api.upload(
            "/api/v1/cases/" + caseId + "/files",
            "last.log",
            "2026-01-31T12:00:00Z ERROR last\n".getBytes(UTF_8),
            "processing_mode",
            "overview_cached")
        .expect(201);
    await().atMost(PATIENCE).until(() -> evidence(api, caseId).size() == 6);
    assertThat(
            contents(new Api(stack.serviceUrl(Service.CASE), person.token()), caseId).stream()
                .filter(content -> content.startsWith("message ")))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 5).mapToObj(i -> "message " + i).toList());
    versions.add(rename(api, caseId, "Back"));
    assertThat(publishedVersions(caseId, versions.getLast())).isEqualTo(versions);
  }

  /** Changes the case; its version afterwards. */
  private static String rename(Api api, String caseId, String title) {
    return api.send("PATCH", "/api/v1/cases/" + caseId, "{\"title\": \"" + title + "\"}")
        .expect(200)
        .text("version");
  }

  private static void become(Api api, String caseId, String status) {
    api.post(
            "/api/v1/cases/" + caseId + "/status",
            "{\"to_status\": \"" + status + "\", \"reason\": \"seen\"}")
        .expect(200);
  }

  /**
   * The versions of a case as its events say them, in the topic's order, each event once: Kafka may
   * hold one twice, with the same id, of which consumers take the first.
   */
  private List<String> publishedVersions(String caseId, String last) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", stack.servers().kafkaBootstrap());
    settings.put("auto.offset.reset", "earliest");
    settings.put("group.id", "fault-test-" + caseId);
    Map<String, String> byId = new LinkedHashMap<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("faultmaven.cases"));
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(500))
                    .forEach(
                        record -> {
                          if (caseId.equals(record.key())
                              && header(record, "ce_type").endsWith("case.updated.v1")) {
                            byId.putIfAbsent(
                                header(record, "ce_id"),
                                Api.json(record.value()).path("version").asText());
                          }
                        });
                return byId.containsValue(last);
              });
    }
    return List.copyOf(byId.values());
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  /** The most rows that one request may bring. */
  @ParameterizedTest
  @EnumSource
  void storesAllOrNothingOfManyRowsWhenItIsKilled(Rows rows) throws Exception {
    Person person = Person.register(stack.gatewayUrl());
    Api api = new Api(stack.serviceUrl(Service.CASE), person.token());
    String caseId = api.post("/api/v1/cases", "{\"title\": \"Bulk\"}").expect(201).text("case_id");
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    int restarts = stack.status(Service.CASE.module()).restarts();
    AtomicBoolean stop = new AtomicBoolean();

    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writing.add(
            writers.submit(
                () -> {
                  while (!stop.get()) {
                    String batch = UUID.randomUUID().toString();
                    if (insert(api, caseId, rows, batch)) {
                      acknowledged.add(batch);
                    }
                  }
                }));
      }
      await().atMost(PATIENCE).until(() -> acknowledged.size() >= WRITERS);
      stack.kill(Service.CASE.module());
      stop.set(true);
      for (Future<?> writer : writing) {
        writer.get();
      }
    }
    await().atMost(PATIENCE).until(() -> stack.status(Service.CASE.module()).restarts() > restarts);
    await().atMost(PATIENCE).until(() -> stack.status(Service.CASE.module()).state().settled());

    Map<String, Long> stored = new TreeMap<>();
    all(api, caseId, rows.path)
        .forEach(
            content -> stored.merge(content.substring(0, content.indexOf(' ')), 1L, Long::sum));
    assertThat(stored.values()).containsOnly((long) ROWS);
    assertThat(stored.keySet()).containsAll(new TreeSet<>(acknowledged));
  }

  /** What is inserted in bulk. */
  private enum Rows {
    EVIDENCE("evidence", "\"source_type\": \"other\", \"form\": \"document\""),
    MESSAGES("messages", "\"message_type\": \"user_query\", \"role\": \"user\"");

    private final String path;
    private final String fields;

    Rows(String path, String fields) {
      this.path = path;
      this.fields = fields;
    }
  }

  private static boolean insert(Api api, String caseId, Rows rows, String batch) {
    String body =
        IntStream.range(0, ROWS)
            .mapToObj(i -> "{\"content\": \"%s %d\", %s}".formatted(batch, i, rows.fields))
            .collect(Collectors.joining(",", "[", "]"));
    try {
      return api.post("/api/v1/cases/" + caseId + "/" + rows.path, body).status() == 201;
    } catch (UncheckedIOException killed) {
      return false;
    }
  }

  /** Contents of all pieces of evidence. */
  private static List<String> evidence(Api api, String caseId) {
    JsonNode whole = api.get("/api/v1/cases/" + caseId).expect(200).body();
    List<String> contents = new ArrayList<>();
    whole.path("evidence").forEach(piece -> contents.add(piece.path("content").asText()));
    return contents;
  }

  private static void signal(long pid, String signal) {
    try {
      int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
      assertThat(exit).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
