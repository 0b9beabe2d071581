package com.faultmaven.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the steps of one demonstration share: the client, the narration, and what came of them. */
final class DemoRun {
  private static final long WAIT_SECONDS = 120;

  private final DemoClient client;
  private final Narration narration;
  private final DemoInput input;

  /** Results of the uploads by file id, in the order of the uploads. */
  private final Map<String, JsonNode> files = new LinkedHashMap<>();

  private final List<String> documentIds = new ArrayList<>();
  private final Map<String, String> evidenceOfFiles = new LinkedHashMap<>();
  private DemoReport.@Nullable Account account;
  private String caseId = "";
  private String sessionId = "";

  DemoRun(DemoClient client, Narration narration, DemoInput input) {
    this.client = client;
    this.narration = narration;
    this.input = input;
  }

  DemoClient client() {
    return client;
  }

  Narration narration() {
    return narration;
  }

  DemoInput input() {
    return input;
  }

  Story story() {
    return input.story();
  }

  Map<String, JsonNode> files() {
    return files;
  }

  /** Files that something could be read out of: those become evidence. */
  List<String> analysedFiles() {
    return files.entrySet().stream()
        .filter(file -> !file.getValue().path("data_type").asText().equals("unanalyzable"))
        .map(Map.Entry::getKey)
        .toList();
  }

  List<String> documentIds() {
    return documentIds;
  }

  /** Evidence ids by the file that they come from, in the order of the uploads. */
  Map<String, String> evidenceOfFiles() {
    return evidenceOfFiles;
  }

  DemoReport.Account account() {
    if (account == null) {
      throw new IllegalStateException("no account yet");
    }
    return account;
  }

  void account(DemoReport.Account made) {
    account = made;
  }

  String sessionId() {
    return sessionId;
  }

  void sessionId(String opened) {
    sessionId = opened;
  }

  void caseId(String created) {
    caseId = created;
  }

  /** A path below the case. */
  String ofCase(String below) {
    return "/api/v1/cases/" + caseId + below;
  }

  /** A path below the user's knowledge base. */
  String ofKnowledge(String below) {
    return "/api/v1/users/" + account().userId() + "/kb" + below;
  }

  /** Asks again and again until it is so. */
  void await(String what, Condition condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(WAIT_SECONDS)) {
        throw new DemoFailure("waited " + WAIT_SECONDS + " s in vain: " + what);
      }
      DemoClient.pause();
    }
  }

  /** Something that becomes true by itself. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws InterruptedException;
  }

  DemoReport report(@Nullable String failure) {
    return new DemoReport(
        narration.steps(),
        failure,
        account,
        caseId.isEmpty() ? null : caseId,
        List.copyOf(files.keySet()),
        documentIds);
  }
}
