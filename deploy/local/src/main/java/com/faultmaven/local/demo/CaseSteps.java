package com.faultmaven.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/** The case, its files, and how they become evidence. */
final class CaseSteps {
  private static final int SHOWN_INSIGHTS = 4;

  private final DemoRun run;
  private final DemoClient client;

  CaseSteps(DemoRun run) {
    this.run = run;
    this.client = run.client();
  }

  void create() throws Exception {
    run.narration()
        .step(
            "Create a case",
            () -> {
              Story story = run.story();
              DemoClient.Answer answer =
                  client
                      .create(
                          "/api/v1/cases",
                          Map.of(
                              "title", story.title(),
                              "description", story.description(),
                              "tags", story.tags()))
                      .expect(201);
              run.caseId(answer.text("case_id"));
              return "case %s is %s".formatted(answer.text("case_id"), answer.text("status"));
            });
  }

  void uploadAll() throws Exception {
    for (Path file : run.input().files()) {
      run.narration().step("Upload " + file.getFileName(), () -> upload(file));
    }
  }

  private String upload(Path file) throws Exception {
    DemoClient.Answer answer =
        client
            .upload(run.ofCase("/files"), file, Map.of("processing_mode", "overview_cached"))
            .expect(201);
    JsonNode result = answer.json();
    run.files().put(answer.text("file_id"), result);
    Narration narration = run.narration();
    narration.detail("summary", answer.text("summary"));
    JsonNode insights = result.path("key_insights");
    for (int i = 0; i < Math.min(SHOWN_INSIGHTS, insights.size()); i++) {
      narration.detail(i == 0 ? "insights" : "", "- " + insights.path(i).asText());
    }
    narration.detail("redacted", redactions(result.path("redactions")));
    return "%,d bytes are %s (confidence %.2f), read in %d ms"
        .formatted(
            Files.size(file),
            answer.text("data_type"),
            result.path("confidence_score").asDouble(),
            result.path("preprocessing_time_ms").asLong());
  }

  private static String redactions(JsonNode redactions) {
    StringJoiner found = new StringJoiner(", ");
    redactions
        .properties()
        .forEach(entry -> found.add(entry.getKey() + " × " + entry.getValue().asInt()));
    return found.length() == 0 ? "nothing to redact was found" : found.toString();
  }

  void awaitEvidence() throws Exception {
    run.narration()
        .step(
            "Wait until the files are evidence in the case",
            () -> {
              run.await(
                  "the files %s become evidence of the case".formatted(run.analysedFiles()),
                  this::isAllEvidence);
              return "%d pieces of evidence, one for each analysed file"
                  .formatted(run.evidenceOfFiles().size());
            });
  }

  private boolean isAllEvidence() throws InterruptedException {
    DemoClient.Answer answer =
        client.get(run.ofCase("/evidence?form=document&limit=200")).expect(200);
    Map<String, String> evidence = new HashMap<>();
    for (JsonNode piece : answer.json().path("items")) {
      evidence.put(
          piece.path("classification_dimensions").path("file_id").asText(),
          piece.path("evidence_id").asText());
    }
    if (!evidence.keySet().containsAll(run.analysedFiles())) {
      return false;
    }
    run.analysedFiles().forEach(file -> run.evidenceOfFiles().put(file, evidence.get(file)));
    return true;
  }
}
