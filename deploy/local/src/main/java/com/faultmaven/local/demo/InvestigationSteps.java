package com.faultmaven.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From a supposed cause to the resolved case, and what is kept of it. */
final class InvestigationSteps {
  private final DemoRun run;
  private final DemoClient client;
  private String hypothesisId = "";
  private String solutionId = "";

  InvestigationSteps(DemoRun run) {
    this.run = run;
    this.client = run.client();
  }

  void begin() throws Exception {
    run.narration()
        .step(
            "Begin the investigation",
            () -> {
              changeStatus("investigating", "The symptoms are confirmed in the files", null);
              return "the case went from consulting to investigating";
            });
  }

  void suppose() throws Exception {
    run.narration()
        .step(
            "Put up a hypothesis",
            () -> {
              String supposed = hypothesis();
              Map<String, String> hypothesis =
                  Map.of(
                      "description", supposed,
                      "status", "testing",
                      "confidence_level", "probable");
              hypothesisId =
                  client
                      .create(run.ofCase("/hypotheses"), hypothesis)
                      .expect(201)
                      .text("hypothesis_id");
              return supposed;
            });
  }

  /** The story's supposition, or what the first file has told. */
  private String hypothesis() {
    if (!run.story().hypothesis().isEmpty()) {
      return run.story().hypothesis();
    }
    JsonNode first = run.files().values().iterator().next();
    String told = first.path("key_insights").path(0).asText(first.path("summary").asText());
    return "The cause is what the first file tells: " + Narration.cut(told, 500);
  }

  void linkEvidence() throws Exception {
    run.narration()
        .step(
            "Link the evidence to the hypothesis",
            () -> {
              int links = 0;
              for (String evidence : run.evidenceOfFiles().values()) {
                links =
                    client
                        .post(
                            run.ofCase("/hypotheses/" + hypothesisId + "/links"),
                            Map.of("evidence_id", evidence, "relationship", "supports"))
                        .expect(200)
                        .json()
                        .path("evidence_links")
                        .size();
              }
              check("evidence links of the hypothesis", run.evidenceOfFiles().size(), links);
              return links + " pieces of evidence support it";
            });
  }

  void validate() throws Exception {
    run.narration()
        .step(
            "Validate the hypothesis",
            () -> {
              Map<String, String> verdict =
                  Map.of(
                      "status", "validated",
                      "confidence_level", "verified",
                      "reasoning", "Every piece of evidence points to it, and none against it.");
              DemoClient.Answer answer =
                  client.patch(run.ofCase("/hypotheses/" + hypothesisId), verdict).expect(200);
              check("status", "validated", answer.text("status"));
              return "it is validated, confidence " + answer.text("confidence_level");
            });
  }

  void propose() throws Exception {
    run.narration()
        .step(
            "Propose a solution",
            () -> {
              Story story = run.story();
              Map<String, Object> solution =
                  Map.of(
                      "description", story.solution(),
                      "category", "fix",
                      "linked_hypothesis_id", hypothesisId,
                      "steps", story.steps(),
                      "verification_criteria", story.verification());
              solutionId =
                  client.create(run.ofCase("/solutions"), solution).expect(201).text("solution_id");
              return story.solution();
            });
  }

  void apply() throws Exception {
    run.narration()
        .step(
            "Apply the solution",
            () -> {
              String path = run.ofCase("/solutions/" + solutionId);
              client.patch(path, Map.of("status", "applying")).expect(200);
              DemoClient.Answer answer =
                  client
                      .patch(
                          path,
                          Map.of(
                              "status", "applied",
                              "result_summary", "All criteria were met after the steps."))
                      .expect(200);
              check("status", "applied", answer.text("status"));
              return "proposed, applying, applied";
            });
  }

  void resolve() throws Exception {
    run.narration()
        .step(
            "Resolve the case",
            () -> {
              changeStatus("resolved", "The solution was applied and verified", "resolved");
              return "the case is resolved";
            });
  }

  private void changeStatus(String to, String reason, @Nullable String closure)
      throws InterruptedException {
    Map<String, String> change = new TreeMap<>(Map.of("to_status", to, "reason", reason));
    if (closure != null) {
      change.put("closure_reason", closure);
    }
    DemoClient.Answer answer = client.post(run.ofCase("/status"), change);
    if (answer.attempts() > 1 && answer.status() == 409) {
      // The answer to the first request was lost when its service stopped, not the change.
      answer = client.get(run.ofCase(""));
    }
    check("status of the case", to, answer.expect(200).text("status"));
  }

  void showTransitions() throws Exception {
    run.narration()
        .step(
            "Read the audit trail",
            () -> {
              JsonNode transitions =
                  client.get(run.ofCase("/transitions")).expect(200).json().path("items");
              for (JsonNode transition : transitions) {
                run.narration()
                    .detail(
                        transition.path("triggered_at").asText().replaceAll(".*T|\\..*|Z", ""),
                        "%s -> %s: %s"
                            .formatted(
                                transition.path("from_status").asText(),
                                transition.path("to_status").asText(),
                                transition.path("reason").asText()));
              }
              check("status transitions", 2, transitions.size());
              return "2 transitions; the database refuses to change them";
            });
  }

  void export() throws Exception {
    run.narration()
        .step(
            "Export the case",
            () -> {
              DemoClient.Answer answer = client.get(run.ofCase("/export")).expect(200);
              JsonNode exported = answer.json().path("case");
              check(
                  "exported evidence",
                  run.evidenceOfFiles().size(),
                  exported.path("evidence").size());
              check("exported files", run.files().size(), exported.path("uploaded_files").size());
              check("exported hypotheses", 1, exported.path("hypotheses").size());
              check("exported solutions", 1, exported.path("solutions").size());
              check("exported transitions", 2, exported.path("status_transitions").size());
              return "%,d characters of JSON with everything above%s"
                  .formatted(answer.body().length(), written(answer.body()));
            });
  }

  void archive() throws Exception {
    run.narration()
        .step(
            "Archive the case",
            () -> {
              JsonNode archived = client.post(run.ofCase("/archive"), Map.of()).expect(200).json();
              check("whether it is archived", true, archived.hasNonNull("archived_at"));
              return "its rows are one compressed object in the bucket now; it stays in lists";
            });
  }

  void restore() throws Exception {
    run.narration()
        .step(
            "Read the archived case",
            () -> {
              JsonNode whole = client.get(run.ofCase("")).expect(200).json();
              check("whether it is archived", false, whole.hasNonNull("archived_at"));
              check("evidence", run.evidenceOfFiles().size(), whole.path("evidence").size());
              check("transitions", 2, whole.path("status_transitions").size());
              return "restored by being read: %d pieces of evidence, %d messages"
                  .formatted(whole.path("evidence").size(), whole.path("messages").size());
            });
  }

  private String written(String export) throws Exception {
    Path output = run.input().output();
    if (output == null) {
      return "";
    }
    Path file = output.resolve("case-export.json");
    Files.writeString(file, export);
    return ", in " + file;
  }

  private static void check(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new DemoFailure("%s: expected %s, is %s".formatted(what, expected, actual));
    }
  }
}
