package com.faultmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.e2e.Api.Answer;
import com.faultmaven.local.LocalStack;
import com.faultmaven.local.Service;
import com.faultmaven.local.process.Component;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two replicas of case-service on one database, one Redis and one archive. */
@ExtendWith(RunningStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaseReplicasTest {
  private static final int ROUNDS = 30;

  private final Component replica;
  private final Api one;
  private final Api other;

  CaseReplicasTest(LocalStack stack) throws Exception {
    replica = stack.startReplica(Service.CASE);
    Person person = Person.register(stack.gatewayUrl());
    one = new Api(stack.serviceUrl(Service.CASE), person.token());
    other = one.at(URI.create("http://127.0.0.1:" + replica.status().port()));
  }

  @AfterAll
  void stop() throws InterruptedException {
    replica.stop();
  }

  @Test
  void whatOneWritesTheOtherOneShows() {
    String caseId = open();
    for (int i = 0; i < ROUNDS; i++) {
      Api writer = i % 2 == 0 ? one : other;
      Api reader = i % 2 == 0 ? other : one;
      // From the second time on each has a copy of it in Redis to look at.
      one.get(path(caseId)).expect(200);
      other.get(path(caseId)).expect(200);
      message(writer, caseId, "message " + i).expect(201);

      assertThat(messages(reader, caseId)).hasSize(i + 1).contains("message " + i);
    }
  }

  /**
   * A case that is archived again and again misses nothing of what its writers were told. Who comes
   * too late each time is told so, and tries again.
   */
  @Test
  void nothingIsLostWhileBothArchive() throws Exception {
    String caseId = open();
    String evidence =
        one.post(
                path(caseId) + "/evidence",
                "{\"content\": \"change 0\", \"source_type\": \"other\"}")
            .expect(201)
            .text("evidence_id");
    one.post(
            path(caseId) + "/status",
            "{\"to_status\": \"closed\", \"reason\": \"r\", \"closure_reason\": \"abandoned\"}")
        .expect(200);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger archived = new AtomicInteger();

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> archivers = new ArrayList<>();
      for (Api archiver : List.of(one, other)) {
        archivers.add(
            threads.submit(
                () -> {
                  while (!done.get()) {
                    archiver.send("POST", path(caseId) + "/archive", null).expect(200);
                    archived.incrementAndGet();
                  }
                }));
      }
      List<Future<?>> writers =
          List.of(
              threads.submit(
                  () -> {
                    for (int i = 1; i <= ROUNDS; i++) {
                      String text = "message " + i;
                      untilInTime(() -> message(one, caseId, text)).expect(201);
                    }
                  }),
              threads.submit(
                  () -> {
                    for (int i = 1; i <= ROUNDS; i++) {
                      String content = "change " + i;
                      String path = path(caseId) + "/evidence/" + evidence;
                      untilInTime(
                              () -> other.send("PATCH", path, "{\"content\": \"" + content + "\"}"))
                          .expect(200);
                      assertThat(untilInTime(() -> other.get(path)).expect(200).text("content"))
                          .isEqualTo(content);
                    }
                  }));
      try {
        for (Future<?> writer : writers) {
          writer.get();
        }
      } finally {
        done.set(true);
      }
      for (Future<?> archiver : archivers) {
        archiver.get();
      }
    }

    assertThat(archived).hasValueGreaterThan(2);
    assertThat(messages(one, caseId)).hasSize(ROUNDS).doesNotHaveDuplicates();
    assertThat(one.get(path(caseId)).expect(200).body().at("/evidence/0/content").asText())
        .isEqualTo("change " + ROUNDS);
  }

  private static Answer untilInTime(Supplier<Answer> request) {
    Answer answer = request.get();
    while (answer.status() == 503 && answer.text("code").equals("case-being-archived")) {
      answer = request.get();
    }
    return answer;
  }

  private String open() {
    return one.post("/api/v1/cases", "{\"title\": \"Replicas\"}").expect(201).text("case_id");
  }

  private static Answer message(Api api, String caseId, String text) {
    return api.post(
        path(caseId) + "/messages",
        "{\"message_type\": \"user_query\", \"role\": \"user\", \"content\": \"" + text + "\"}");
  }

  private static List<String> messages(Api api, String caseId) {
    JsonNode messages = api.get(path(caseId)).expect(200).body().path("messages");
    return StreamSupport.stream(messages.spliterator(), false)
        .map(message -> message.path("content").asText())
        .toList();
  }

  private static String path(String caseId) {
    return "/api/v1/cases/" + caseId;
  }
}
