package com.faultmaven.cases.events;

import static com.faultmaven.cases.api.CaseCalls.add;
import static com.faultmaven.cases.api.CaseCalls.addEvidence;
import static com.faultmaven.cases.api.CaseCalls.addHypothesis;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.become;
import static com.faultmaven.cases.api.CaseCalls.open;
import static com.faultmaven.cases.api.CaseCalls.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.cases.Database;
import com.faultmaven.cases.domain.CaseCache;
import com.faultmaven.common.event.ArtifactDeleted;
import com.faultmaven.common.event.ArtifactProcessed;
import com.faultmaven.common.event.CaseCreated;
import com.faultmaven.common.event.CaseDeleted;
import com.faultmaven.common.event.CaseStatusChanged;
import com.faultmaven.common.event.CaseUpdated;
import com.faultmaven.common.event.DomainEvent;
import com.faultmaven.common.event.EvidenceAdded;
import com.faultmaven.common.event.HypothesisStatusChanged;
import com.faultmaven.common.event.SolutionApplied;
import com.faultmaven.common.event.UserDeactivated;
import com.faultmaven.common.event.UserDeleted;
import com.faultmaven.common.event.UserRegistered;
import com.faultmaven.common.event.UserUpdated;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.ProcessingMode;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events in and out, on a real Kafka. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class EventsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @Inject Pool pool;
  @Inject ObjectMapper json;
  @Inject CaseCache cache;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  @ConfigProperty(name = "faultmaven.events.topic-prefix")
  String prefix;

  private final String user = Ids.next();
  private final String fileId = Ids.next();
  private KafkaProducer<String, byte[]> producer;

  @BeforeEach
  void connect() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", kafka);
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  @ParameterizedTest
  @CsvSource({
    "LOGS_AND_ERRORS, log_file",
    "METRICS_AND_PERFORMANCE, metrics_data",
    "STRUCTURED_CONFIG, config_file",
    "SOURCE_CODE, code_review",
    "UNSTRUCTURED_TEXT, user_observation",
    "VISUAL_EVIDENCE, screenshot"
  })
  void makesEvidenceOfAProcessedFile(DataType type, String source) {
    String caseId = open(user);
    send(Ids.next(), processed(caseId, type, "What it says"));

    awaitFiles(caseId, 1);
    read(user, caseId)
        .body("evidence", hasSize(1))
        .body("evidence[0].source_type", equalTo(source))
        .body("evidence[0].form", equalTo("document"))
        .body("evidence[0].content", equalTo("What it says"))
        .body("evidence[0].preprocessed_summary", equalTo("In short"))
        .body("evidence[0].classification_dimensions.file_id", equalTo(fileId))
        .body("evidence[0].classification_dimensions.key_insights", contains("one", "two"))
        .body("messages", hasSize(1))
        .body("messages[0].message_type", equalTo("data_upload"))
        .body("messages[0].content", containsString("app.log"))
        .body("uploaded_files[0].file_id", equalTo(fileId));
    as(user)
        .get("/api/v1/cases/{id}/files", caseId)
        .then()
        .body("total", equalTo(1))
        .body("items[0].filename", equalTo("app.log"))
        .body("items[0].preprocessing_status", equalTo("completed"));
  }

  @Test
  void keepsAFileThatIsNoEvidence() {
    String caseId = open(user);
    send(Ids.next(), processed(caseId, DataType.UNANALYZABLE, ""));

    awaitFiles(caseId, 1);
    read(user, caseId).body("evidence", empty()).body("messages", hasSize(1));
  }

  @Test
  void appliesACopyOfAnEventOnce() {
    String caseId = open(user);
    String eventId = Ids.next();
    send(eventId, processed(caseId, DataType.LOGS_AND_ERRORS, "first"));
    send(eventId, processed(caseId, DataType.LOGS_AND_ERRORS, "never applied"));
    String marker = Ids.next();
    send(Ids.next(), processed(marker, caseId, DataType.LOGS_AND_ERRORS, "marker"));

    awaitFiles(caseId, 2);
    read(user, caseId)
        .body("evidence.content", contains("marker", "first"))
        .body("messages", hasSize(2));
  }

  @Test
  void changesTheEvidenceOfAFileThatIsProcessedAgain() {
    String caseId = open(user);
    send(Ids.next(), processed(caseId, DataType.UNSTRUCTURED_TEXT, "first"));
    send(Ids.next(), processed(caseId, DataType.LOGS_AND_ERRORS, "second"));

    await().atMost(PATIENCE).until(() -> evidence(caseId).equals(List.of("second")));
    read(user, caseId)
        .body("evidence[0].source_type", equalTo("log_file"))
        .body("messages", hasSize(1))
        .body("uploaded_files", hasSize(1))
        .body("uploaded_files[0].data_type", equalTo("logs_and_errors"));
  }

  @Test
  void removesADeletedFileFromTheReadModel() {
    String caseId = open(user);
    send(Ids.next(), processed(caseId, DataType.LOGS_AND_ERRORS, "text"));
    awaitFiles(caseId, 1);
    send(Ids.next(), new ArtifactDeleted(fileId, caseId, user, NOW));

    awaitFiles(caseId, 0);
    read(user, caseId).body("evidence", hasSize(1)).body("uploaded_files", empty());
  }

  @Test
  void removesADeletedFileFromAnArchivedCase() {
    String caseId = open(user);
    send(Ids.next(), processed(caseId, DataType.LOGS_AND_ERRORS, "text"));
    awaitFiles(caseId, 1);
    become(user, caseId, "closed", "abandoned").then().statusCode(200);
    as(user).post("/api/v1/cases/{id}/archive", caseId).then().statusCode(200);

    String eventId = Ids.next();
    send(eventId, new ArtifactDeleted(fileId, caseId, user, NOW));

    await().atMost(PATIENCE).until(() -> isProcessed(eventId));
    read(user, caseId).body("evidence", hasSize(1)).body("uploaded_files", empty());
  }

  /** The service may have died after the commit, and before it made copies void. */
  @Test
  void aCopyOfAnEventMakesCopiesOfTheCaseVoidOnceMore() {
    String caseId = open(user);
    String eventId = Ids.next();
    send(eventId, processed(caseId, DataType.LOGS_AND_ERRORS, "text"));
    awaitFiles(caseId, 1);
    read(user, caseId);
    read(user, caseId);
    await().atMost(PATIENCE).until(() -> copy(caseId));

    send(eventId, processed(caseId, DataType.LOGS_AND_ERRORS, "text"));

    await().atMost(PATIENCE).until(() -> !copy(caseId));
    read(user, caseId).body("evidence", hasSize(1));
  }

  private boolean copy(String caseId) {
    return cache.find(caseId).await().atMost(PATIENCE).copy().isPresent();
  }

  @Test
  void dropsFilesOfDeletedCases() {
    String gone = open(user);
    as(user).delete("/api/v1/cases/{id}", gone).then().statusCode(204);
    String eventId = Ids.next();
    send(eventId, processed(gone, DataType.LOGS_AND_ERRORS, "text"));

    await().atMost(PATIENCE).until(() -> isProcessed(eventId));
    assertThat(deadLetters(gone, Duration.ofSeconds(2))).isEmpty();
  }

  @Test
  void deadLettersPoisonAndGoesOn() {
    String caseId = open(user);
    String poison = "{\"file_id\": 7, \"note\": \"" + Ids.next() + "\"}";
    send(caseId, Ids.next(), ArtifactProcessed.TYPE, "artifacts", poison.getBytes(UTF_8));
    send(Ids.next(), processed(caseId, DataType.LOGS_AND_ERRORS, "sound"));

    awaitFiles(caseId, 1);
    assertThat(deadLetters(poison, PATIENCE)).hasSize(1);
  }

  @Test
  void learnsOfNewUsers() {
    send(Ids.next(), new UserRegistered(user, "ada", List.of("user"), NOW));

    await().atMost(PATIENCE).until(() -> userStatus().equals(List.of("active")));
    open(user);
    assertThat(userStatus()).containsExactly("active");
  }

  @Test
  void followsTheStatusOfUsers() {
    send(Ids.next(), new UserRegistered(user, "ada", List.of("user"), NOW));
    send(Ids.next(), new UserDeactivated(user, NOW));
    await().atMost(PATIENCE).until(() -> userStatus().equals(List.of("inactive")));
    send(Ids.next(), new UserUpdated(user, List.of("is_active"), true, NOW));
    await().atMost(PATIENCE).until(() -> userStatus().equals(List.of("active")));
    send(Ids.next(), new UserDeleted(user, "requested", NOW));
    await().atMost(PATIENCE).until(() -> userStatus().equals(List.of("deleted")));
  }

  @Test
  void saysWhatHappensWithinCases() throws JsonProcessingException {
    String caseId = open(user);
    as(user)
        .body("{\"title\": \"Another\"}")
        .patch("/api/v1/cases/{id}", caseId)
        .then()
        .statusCode(200);
    String evidence = addEvidence(user, caseId, "seen");
    String hypothesis = addHypothesis(user, caseId, "The pool is too small");
    as(user)
        .body(
            Map.of(
                "evidence_id",
                evidence,
                "results",
                List.of(
                    Map.of(
                        "hypothesis_id",
                        hypothesis,
                        "status",
                        "validated",
                        "relationship",
                        "supports",
                        "reasoning",
                        "it fits"))))
        .post("/api/v1/cases/{id}/hypotheses/evaluations", caseId)
        .then()
        .statusCode(200);
    for (String status : List.of("exploring", "exploring")) {
      as(user)
          .body(Map.of("status", status))
          .patch("/api/v1/cases/{id}/hypotheses/{hypothesis}", caseId, hypothesis)
          .then()
          .statusCode(200);
    }
    String solution =
        add(user, caseId, "solutions", Map.of("description", "Enlarge it", "category", "fix"))
            .path("solution_id");
    for (String status : List.of("applying", "applied")) {
      as(user)
          .body(Map.of("status", status))
          .patch("/api/v1/cases/{id}/solutions/{solution}", caseId, solution)
          .then()
          .statusCode(200);
    }

    List<ConsumerRecord<String, String>> records =
        records("cases", record -> caseId.equals(record.key()), 6, PATIENCE);
    assertThat(records)
        .extracting(EventsTest::type)
        .containsExactly(
            CaseCreated.TYPE,
            CaseUpdated.TYPE,
            EvidenceAdded.TYPE,
            HypothesisStatusChanged.TYPE,
            HypothesisStatusChanged.TYPE,
            SolutionApplied.TYPE);
    assertThat(json.readTree(records.get(1).value()).path("version").asLong()).isEqualTo(2);
    assertThat(json.readTree(records.get(2).value()).at("/evidence_ids/0").asText())
        .isEqualTo(evidence);
    JsonNode evaluated = json.readTree(records.get(3).value());
    assertThat(evaluated.path("from_status").asText()).isEqualTo("exploring");
    assertThat(evaluated.path("to_status").asText()).isEqualTo("validated");
    JsonNode taken = json.readTree(records.get(4).value());
    assertThat(taken.path("from_status").asText()).isEqualTo("validated");
    assertThat(taken.path("to_status").asText()).isEqualTo("exploring");
    assertThat(json.readTree(records.get(5).value()).path("solution_id").asText())
        .isEqualTo(solution);
  }

  @Test
  void saysWhatHappensToCases() throws JsonProcessingException {
    String caseId =
        as(user)
            .header("X-Session-Id", "session-7")
            .body(Map.of("title", "t"))
            .post("/api/v1/cases")
            .path("case_id");
    become(user, caseId, "investigating").then().statusCode(200);
    become(user, caseId, "consulting").then().statusCode(409);
    become(user, caseId, "closed", "duplicate").then().statusCode(200);
    as(user).delete("/api/v1/cases/{id}", caseId).then().statusCode(204);

    List<ConsumerRecord<String, String>> records =
        records("cases", record -> caseId.equals(record.key()), 4, PATIENCE);
    assertThat(records)
        .extracting(EventsTest::type)
        .containsExactly(
            CaseCreated.TYPE, CaseStatusChanged.TYPE, CaseStatusChanged.TYPE, CaseDeleted.TYPE);
    JsonNode created = json.readTree(records.get(0).value());
    assertThat(created.path("session_id").textValue()).isEqualTo("session-7");
    assertThat(created.path("user_id").textValue()).isEqualTo(user);
    JsonNode closed = json.readTree(records.get(2).value());
    assertThat(closed.path("from_status").textValue()).isEqualTo("investigating");
    assertThat(closed.path("to_status").textValue()).isEqualTo("closed");
    assertThat(closed.path("closure_reason").textValue()).isEqualTo("duplicate");
  }

  private ArtifactProcessed processed(String caseId, DataType type, String extraction) {
    return processed(fileId, caseId, type, extraction);
  }

  private ArtifactProcessed processed(
      String file, String caseId, DataType type, String extraction) {
    return new ArtifactProcessed(
        file,
        caseId,
        user,
        null,
        "app.log",
        type,
        1_234,
        "artifacts/" + caseId + "/" + file + "/app.log",
        PreprocessingStatus.COMPLETED,
        "In short",
        extraction,
        List.of("one", "two"),
        Map.of("email", 2),
        0.9,
        "crime_scene",
        ProcessingMode.FULL_CACHED,
        NOW,
        NOW.plusMillis(file.equals(fileId) ? 10 : 20));
  }

  private void send(String eventId, DomainEvent event) {
    try {
      send(
          event.aggregateId(),
          eventId,
          event.type(),
          event.topic().named("").replaceFirst("^\\.", ""),
          json.writeValueAsBytes(event));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private void send(String key, String eventId, String type, String topic, byte[] data) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(prefix + "." + topic, key, data);
    Map.of(
            "ce_specversion",
            "1.0",
            "ce_id",
            eventId,
            "ce_source",
            "/test",
            "ce_type",
            type,
            "ce_subject",
            key,
            "ce_time",
            NOW.toString())
        .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    try {
      producer.send(record).get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitFiles(String caseId, int count) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> as(user).get("/api/v1/cases/{id}/files", caseId).<Integer>path("total") == count);
  }

  private List<String> evidence(String caseId) {
    return read(user, caseId).extract().jsonPath().getList("evidence.content", String.class);
  }

  private boolean isProcessed(String eventId) {
    return !texts("SELECT consumer AS t FROM processed_events WHERE event_id = $1", eventId)
        .isEmpty();
  }

  private List<String> userStatus() {
    return texts("SELECT status AS t FROM users WHERE user_id = $1", user);
  }

  private List<String> texts(String sql, String parameter) {
    List<String> texts = new ArrayList<>();
    for (Row row : Database.rows(pool, sql, parameter)) {
      texts.add(row.getString("t"));
    }
    return texts;
  }

  private List<String> deadLetters(String part, Duration patience) {
    return records("artifacts.dlq", record -> record.value().contains(part), 1, patience).stream()
        .map(ConsumerRecord::value)
        .toList();
  }

  private List<ConsumerRecord<String, String>> records(
      String topic,
      Predicate<ConsumerRecord<String, String>> wanted,
      int count,
      Duration patience) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            kafka,
            "group.id",
            Ids.next(),
            "auto.offset.reset",
            "earliest",
            "metadata.max.age.ms",
            "500");
    List<ConsumerRecord<String, String>> found = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(prefix + "." + topic));
      Instant end = Instant.now().plus(patience);
      while (found.size() < count && Instant.now().isBefore(end)) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record -> {
                  if (wanted.test(record)) {
                    found.add(record);
                  }
                });
      }
    }
    return found;
  }

  private static String type(ConsumerRecord<String, String> record) {
    return new String(record.headers().lastHeader("ce_type").value(), UTF_8);
  }
}
