package com.faultmaven.knowledge.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
class AnswersApiTest {
  /** Filled once: nobody changes it. */
  private static @Nullable Kb filled;

  private Kb kb = Kb.ofNewUser();

  @BeforeEach
  void fill() throws IOException {
    if (filled != null) {
      kb = filled;
      return;
    }
    List<Map<String, String>> documents = new ArrayList<>();
    for (String name : List.of("redis-memory", "database-pool", "kafka-lag")) {
      try (InputStream in = AnswersApiTest.class.getResourceAsStream("/runbooks/" + name + ".md")) {
        documents.add(Map.of("document_id", name, "content", new String(in.readAllBytes(), UTF_8)));
      }
    }
    kb.call().body(documents).post(kb.path() + "/documents?wait=true").then().statusCode(201);
    filled = kb;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How do I handle connection pool exhaustion? | database-pool | pool",
        "HikariPool-1 - Connection is not available | database-pool | HikariPool",
        "Redis refuses writes, what can I do? | redis-memory | memory",
        "which command shows the biggest redis keys | redis-memory | --bigkeys",
        "our consumers cannot keep up with the topic | kafka-lag | consumer"
      })
  void quotesTheRightRunbook(String question, String document, String words) {
    kb.ask(question)
        .statusCode(200)
        .body("answered_by", equalTo("user_kb"))
        .body("citations[0].document_id", equalTo(document))
        .body("citations[0].number", equalTo(1))
        .body("answer", containsString(words))
        .body("answer", containsString("[1]"));
  }

  @Test
  void quotesWordForWord() {
    String quote =
        kb.ask("Which policy should be set when Redis is a cache?")
            .extract()
            .path("citations[0].quote");
    String content =
        kb.call().get(kb.path() + "/documents/redis-memory").then().extract().path("content");
    assertThat(content).contains(quote);
    assertThat(quote).contains("allkeys-lru");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is the capital of France?",
        "How do I bake sourdough bread?",
        "Who won the football world cup in 1990?"
      })
  void admitsThatItDoesNotKnow(String question) {
    kb.ask(question)
        .statusCode(200)
        .body("answered_by", equalTo("none"))
        .body("citations", empty());
  }

  @Test
  void fallsBackToTheGlobalKnowledgeBase() {
    Kb admin = Kb.global("admin");
    String id = "vpn-" + Ids.next();
    admin.add(
        Map.of(
            "document_id",
            id,
            "content",
            "# VPN tunnel drops\n\nThe WireGuard tunnel drops when the MTU is too large. Set the MTU of"
                + " wg0 to 1380."));

    Kb user = Kb.ofNewUser();
    user.ask("Why does the WireGuard VPN tunnel drop?")
        .body("answered_by", equalTo("global_kb"))
        .body("citations[0].document_id", equalTo(id))
        .body("answer", containsString("1380"));
    admin.ask("Why does the WireGuard VPN tunnel drop?").body("answered_by", equalTo("global_kb"));
    admin.call().delete(admin.path() + "/documents/" + id).then().statusCode(204);
  }

  @Test
  void understandsAFollowUp() {
    kb.call()
        .body(
            Map.of(
                "question",
                "And how do I mitigate it?",
                "conversation",
                List.of(
                    Map.of("role", "user", "content", "Our Kafka consumer lag grows."),
                    Map.of("role", "assistant", "content", "Describe the group first."))))
        .post(kb.path() + "/ask")
        .then()
        .statusCode(200)
        .body("citations[0].document_id", equalTo("kafka-lag"));
  }

  @Test
  void streamsCitationsAndThenTheAnswer() {
    String events =
        kb.call()
            .accept("text/event-stream")
            .body(Map.of("question", "How do I handle connection pool exhaustion?"))
            .post(kb.path() + "/ask")
            .then()
            .statusCode(200)
            .contentType(startsWith("text/event-stream"))
            .extract()
            .asString();
    List<String> data = events.lines().filter(line -> line.startsWith("data:")).toList();
    assertThat(data.getFirst())
        .contains("\"type\":\"citation\"", "\"document_id\":\"database-pool\"");
    assertThat(data.getLast()).contains("\"type\":\"answer\"", "\"answered_by\":\"user_kb\"");
    assertThat(data.getFirst()).doesNotContain("\"answer\":null");
  }

  @Test
  void refusesBadQuestionsOnAStreamToo() {
    kb.call()
        .accept("text/event-stream")
        .body(Map.of("question", ""))
        .post(kb.path() + "/ask")
        .then()
        .statusCode(400);
    kb.as()
        .call()
        .accept("text/event-stream")
        .body(Map.of("question", "x"))
        .post(kb.path() + "/ask")
        .then()
        .statusCode(404);
  }

  /** Real runbooks: the file's name is the alert that it treats. */
  @Test
  void findsRealRunbooks() throws IOException {
    Path directory =
        Path.of(System.getProperty("faultmaven.root", "."), "../shared/data/runbooks/kubernetes");
    Assumptions.assumeTrue(Files.isDirectory(directory), "no runbooks beside the project");
    Kb real = Kb.ofNewUser();
    List<Map<String, String>> documents = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".md", "");
        documents.add(Map.of("document_id", name, "content", Files.readString(file)));
      }
    }
    real.call().body(documents).post(real.path() + "/documents?wait=true").then().statusCode(201);

    Map<String, String> questions =
        Map.of(
            "A pod restarts again and again", "KubePodCrashLooping",
            "The persistent volume is almost full", "KubePersistentVolumeFillingUp",
            "a node is not ready", "KubeNodeNotReady",
            "client certificate for the API expires soon", "KubeClientCertificateExpiration",
            "the horizontal pod autoscaler runs at its maximum number of replicas",
                "KubeHpaMaxedOut",
            "processes of a container are throttled on CPU", "CPUThrottlingHigh",
            "a batch job failed to complete", "KubeJobFailed",
            "the scheduler has disappeared", "KubeSchedulerDown",
            "too many pods on one node", "KubeletTooManyPods",
            "cluster components run different versions", "KubeVersionMismatch");
    List<String> missed = new ArrayList<>();
    questions.forEach(
        (question, wanted) -> {
          List<String> found =
              real.search(question, 3).statusCode(200).extract().path("items.document_id");
          if (!found.contains(wanted)) {
            missed.add(question + " found " + found);
          }
        });
    assertThat(missed).as("questions whose runbook is not among the best three").hasSizeLessThan(2);
    real.ask("What can I do when a pod is crash looping?")
        .body("answered_by", equalTo("user_kb"))
        .body("citations[0].title", equalTo("KubePodCrashLooping"));
    real.ask("How do I bake sourdough bread?").body("answered_by", equalTo("none"));
  }
}
