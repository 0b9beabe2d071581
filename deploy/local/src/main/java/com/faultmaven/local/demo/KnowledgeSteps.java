package com.faultmaven.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Search by meaning in the case's files, and the knowledge base with its answers. */
final class KnowledgeSteps {
  private static final int SHOWN_HITS = 3;
  private static final int SHOWN_LENGTH = 240;
  private static final int ADDED_ONE_BY_ONE = 5;

  private final DemoRun run;
  private final DemoClient client;

  KnowledgeSteps(DemoRun run) {
    this.run = run;
    this.client = run.client();
  }

  void awaitSearchable() throws Exception {
    run.narration()
        .step(
            "Wait until the files can be searched by meaning",
            () -> {
              Set<String> missing = new HashSet<>(run.analysedFiles());
              run.await(
                  "the files can be searched in " + run.ofCase("/knowledge/search"),
                  () -> {
                    for (String file : Set.copyOf(missing)) {
                      if (isSearchable(file)) {
                        missing.remove(file);
                      }
                    }
                    return missing.isEmpty();
                  });
              String query = run.story().caseQuery();
              JsonNode hits = caseSearch(Map.of("query", query, "k", 8)).json().path("items");
              show(hits);
              return "\"%s\" finds %d passages in the case's files".formatted(query, hits.size());
            });
  }

  private boolean isSearchable(String file) throws InterruptedException {
    Map<String, Object> search =
        Map.of("query", run.story().caseQuery(), "k", 1, "filter", Map.of("document_id", file));
    return !caseSearch(search).json().path("items").isEmpty();
  }

  private DemoClient.Answer caseSearch(Map<String, Object> search) throws InterruptedException {
    return client.post(run.ofCase("/knowledge/search"), search).expect(200);
  }

  void addRunbooks() throws Exception {
    if (run.input().runbooks().size() <= ADDED_ONE_BY_ONE) {
      for (Path runbook : run.input().runbooks()) {
        run.narration().step("Add the runbook " + runbook.getFileName(), () -> add(runbook));
      }
      return;
    }
    run.narration()
        .step(
            "Add %d runbooks".formatted(run.input().runbooks().size()),
            () -> {
              for (Path runbook : run.input().runbooks()) {
                run.narration().detail("added", add(runbook));
              }
              return "%d runbooks can be searched".formatted(run.documentIds().size());
            });
  }

  private String add(Path runbook) throws Exception {
    Map<String, String> document =
        Map.of(
            "title", Markdown.title(runbook),
            "content", Markdown.text(runbook),
            "document_type", "runbook");
    DemoClient.Answer answer =
        client.create(run.ofKnowledge("/documents?wait=true"), document).expect(201);
    String id = answer.text("document_id");
    run.documentIds().add(id);
    run.await(
        "the document %s is indexed".formatted(id),
        () -> {
          DemoClient.Answer state = client.get(run.ofKnowledge("/documents/" + id)).expect(200);
          if (state.text("status").equals("failed")) {
            throw state.unexpected("a document that is indexed");
          }
          return state.text("status").equals("indexed");
        });
    return "\"%s\" is indexed".formatted(answer.text("title"));
  }

  void search() throws Exception {
    run.narration()
        .step(
            "Search the knowledge base",
            () -> {
              Map<String, Object> search = Map.of("query", run.story().knowledgeQuery(), "k", 5);
              DemoClient.Answer answer =
                  client.post(run.ofKnowledge("/search"), search).expect(200);
              JsonNode hits = answer.json().path("items");
              if (hits.isEmpty()) {
                throw answer.unexpected("at least one passage");
              }
              show(hits);
              return "\"%s\" is nearest to \"%s\""
                  .formatted(run.story().knowledgeQuery(), hits.path(0).path("title").asText());
            });
  }

  void ask() throws Exception {
    run.narration()
        .step(
            "Ask: " + run.story().question(),
            () -> {
              Map<String, Object> question = Map.of("question", run.story().question(), "k", 5);
              DemoClient.Answer answer = client.post(run.ofKnowledge("/ask"), question).expect(200);
              JsonNode citations = answer.json().path("citations");
              if (citations.isEmpty() || answer.text("answer").isBlank()) {
                throw answer.unexpected("an answer with citations");
              }
              run.narration().detail("answer", answer.text("answer"));
              for (JsonNode citation : citations) {
                run.narration()
                    .detail(
                        "[" + citation.path("number").asInt() + "]",
                        source(citation) + ", score " + citation.path("score").asText());
              }
              return "answered by %s with %d citations"
                  .formatted(answer.text("answered_by"), citations.size());
            });
  }

  private void show(JsonNode hits) {
    for (int i = 0; i < Math.min(SHOWN_HITS, hits.size()); i++) {
      JsonNode hit = hits.path(i);
      run.narration()
          .detail(
              "%.2f".formatted(hit.path("score").asDouble()),
              source(hit) + ": " + Narration.cut(hit.path("text").asText(), SHOWN_LENGTH));
    }
  }

  /** Title and headings of where a passage stands. */
  private static String source(JsonNode passage) {
    StringBuilder source = new StringBuilder(passage.path("title").asText());
    for (JsonNode heading : passage.path("heading_path")) {
      if (!source.toString().equals(heading.asText())) {
        source.append(" > ").append(heading.asText());
      }
    }
    return source.toString();
  }
}
