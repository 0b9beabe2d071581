package com.faultmaven.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.e2e.Api.Answer;
import com.faultmaven.local.LocalStack;
import com.faultmaven.local.Service;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code kill -9} of a service while clients work: it comes back, what was acknowledged is there,
 * and every file becomes evidence once and is searchable.
 */
@ExtendWith(RunningStack.class)
class KillTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int FILES_BEFORE = 2;
  private static final int FILES_AFTER = 4;

  private final LocalStack stack;

  KillTest(LocalStack stack) {
    this.stack = stack;
  }

  /** What a client was told is stored. */
  private static final class Acknowledged {
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<String> messages = new ArrayList<>();
    private final List<String> documents = new ArrayList<>();
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void losesNothingThatWasAcknowledged(Service service) throws Exception {
    Person person = Person.register(stack.gatewayUrl());
    Api api = new Api(stack.gatewayUrl(), person.token());
    String caseId = api.post("/api/v1/cases", "{\"title\": \"Kill\"}").expect(201).text("case_id");
    String sessionId =
        api.post("/api/v1/sessions", "{\"client_id\": \"kill\"}").expect(201).text("session_id");
    int restarts = stack.status(service.module()).restarts();
    Acknowledged acknowledged = new Acknowledged();
    AtomicBoolean back = new AtomicBoolean();

    try (ExecutorService client = Executors.newSingleThreadExecutor()) {
      Future<?> work =
          client.submit(
              () -> work(api, person.userId(), caseId, sessionId, acknowledged, back::get));
      await().atMost(PATIENCE).until(() -> files(acknowledged) >= FILES_BEFORE || work.isDone());
      stack.kill(service.module());
      await().atMost(PATIENCE).until(() -> stack.status(service.module()).restarts() > restarts);
      await().atMost(PATIENCE).until(() -> stack.status(service.module()).state().settled());
      back.set(true);
      work.get();
    }

    assertEverythingIsThere(api, person.userId(), caseId, sessionId, acknowledged);
  }

  private static int files(Acknowledged acknowledged) {
    synchronized (acknowledged) {
      return acknowledged.files.size();
    }
  }

  /** Works on until the service is back and a few more requests have gone through. */
  private void work(
      Api api,
      String userId,
      String caseId,
      String sessionId,
      Acknowledged acknowledged,
      BooleanSupplier back) {
    for (int i = 0, after = 0; after < FILES_AFTER; i++) {
      after += back.getAsBoolean() ? 1 : 0;
      String name = "file-" + i + ".log";
      byte[] log =
          "2026-01-31T12:00:00Z ERROR marker%d pool exhausted\n".formatted(i).getBytes(UTF_8);
      String file =
          repeat(
              () ->
                  api.upload(
                      "/api/v1/cases/" + caseId + "/files",
                      name,
                      log,
                      "processing_mode",
                      "overview_cached"),
              "file_id");
      String key = UUID.randomUUID().toString();
      String message =
          repeat(
              () ->
                  api.send(
                      "POST",
                      "/api/v1/cases/" + caseId + "/messages",
                      "{\"message_type\": \"user_query\", \"role\": \"user\", \"content\": \"m\"}",
                      "Idempotency-Key",
                      key),
              "message_id");
      String document =
          repeat(
              () ->
                  api.send(
                      "POST",
                      "/api/v1/users/" + userId + "/kb/documents",
                      """
                      {"title": "Runbook", "content": "Enlarge the pool.",
                       "document_type": "runbook"}
                      """,
                      "Idempotency-Key",
                      key),
              "document_id");
      repeat(
          () ->
              api.post(
                  "/api/v1/sessions/" + sessionId + "/uploads",
                  "{\"file_id\": \"%s\"}".formatted(file)),
          "session_id");
      synchronized (acknowledged) {
        acknowledged.files.put(file, name);
        acknowledged.messages.add(message);
        acknowledged.documents.add(document);
      }
    }
  }

  /** Repeats a request while a service is away, as a client does; gives the id of what was made. */
  private static String repeat(java.util.function.Supplier<Answer> request, String id) {
    String[] made = new String[1];
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              try {
                Answer answer = request.get();
                if (answer.status() >= 500) {
                  assertThat(answer.status()).isIn(502, 503, 504);
                  return false;
                }
                made[0] = first(answer.expect(200, 201, 202).body()).path(id).asText();
                return true;
              } catch (UncheckedIOException connectionLost) {
                return false;
              }
            });
    assertThat(made[0]).isNotBlank();
    return made[0];
  }

  private static JsonNode first(JsonNode body) {
    return body.has("items") ? body.path("items").path(0) : body;
  }

  private void assertEverythingIsThere(
      Api api, String userId, String caseId, String sessionId, Acknowledged acknowledged) {
    String aCase = "/api/v1/cases/" + caseId;
    assertThat(ids(api, aCase + "/messages?limit=200&type=user_query", "message_id"))
        .containsAll(acknowledged.messages)
        .doesNotHaveDuplicates();
    assertThat(ids(api, aCase + "/files?limit=200", "file_id"))
        .containsAll(acknowledged.files.keySet());
    for (String document : acknowledged.documents) {
      api.get("/api/v1/users/" + userId + "/kb/documents/" + document).expect(200);
    }
    JsonNode uploads =
        api.get("/api/v1/sessions/" + sessionId).expect(200).body().path("data_uploads");
    assertThat(uploads.toString()).contains(acknowledged.files.keySet());

    // Events: each file that is there became evidence, once.
    List<String> files = ids(api, aCase + "/files?limit=200", "file_id");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(ids(api, aCase + "/evidence?limit=200", "evidence_id"))
                    .hasSameSizeAs(files));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(new TreeSet<>(searchable(api, caseId)))
                    .containsAll(acknowledged.files.keySet()));
  }

  private static List<String> searchable(Api api, String caseId) {
    List<String> files = new ArrayList<>();
    JsonNode hits =
        api.post(
                "/api/v1/cases/" + caseId + "/knowledge/search",
                "{\"query\": \"pool exhausted\", \"k\": 50}")
            .expect(200)
            .body();
    hits.findValuesAsText("document_id").forEach(files::add);
    return files;
  }

  private static List<String> ids(Api api, String path, String id) {
    List<String> ids = new ArrayList<>();
    api.get(path).expect(200).body().path("items").forEach(item -> ids.add(item.path(id).asText()));
    return ids;
  }
}
