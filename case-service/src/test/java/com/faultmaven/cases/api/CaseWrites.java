package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.add;
import static com.faultmaven.cases.api.CaseCalls.addEvidence;
import static com.faultmaven.cases.api.CaseCalls.addHypothesis;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.open;

import com.faultmaven.common.id.Ids;
import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A case with a row of each kind, and every request that changes something in it. */
final class CaseWrites {
  private final String user;
  private final String caseId;
  private final String evidence;
  private final String spareEvidence;
  private final String hypothesis;
  private final String solution;
  private final String toolCall;

  CaseWrites(String user) {
    this.user = user;
    caseId = open(user, Map.of("title", "Pool", "tags", List.of("database")));
    evidence = addEvidence(user, caseId, "Forty requests wait");
    spareEvidence = addEvidence(user, caseId, "A deployment at nine");
    hypothesis = addHypothesis(user, caseId, "The pool is too small");
    solution =
        add(user, caseId, "solutions", Map.of("description", "Enlarge it", "category", "fix"))
            .path("solution_id");
    toolCall =
        add(user, caseId, "tool-calls", Map.of("tool_name", "grep", "input_params", Map.of()))
            .path("call_id");
  }

  String caseId() {
    return caseId;
  }

  /** Each request by a name, in an order in which all succeed one after the other. */
  Map<String, Supplier<Response>> all() {
    Map<String, Supplier<Response>> writes = new LinkedHashMap<>();
    writes.put("case changed", () -> patch("", "{\"title\": \"Another\"}"));
    writes.put("evidence added", () -> added("evidence", evidence("one"), null));
    writes.put(
        "several pieces of evidence added",
        () -> added("evidence", List.of(evidence("two"), evidence("three")), null));
    writes.put("evidence added once", () -> added("evidence", evidence("with a key"), Ids.next()));
    writes.put(
        "evidence changed", () -> patch("/evidence/" + evidence, "{\"content\": \"Fifty\"}"));
    writes.put(
        "hypothesis added", () -> added("hypotheses", Map.of("description", "Or a leak"), null));
    writes.put(
        "hypothesis changed",
        () -> patch("/hypotheses/" + hypothesis, "{\"confidence_level\": \"probable\"}"));
    writes.put(
        "evidence linked",
        () ->
            added(
                "hypotheses/" + hypothesis + "/links",
                Map.of("evidence_id", evidence, "relationship", "supports"),
                null));
    writes.put("hypotheses evaluated", () -> added("hypotheses/evaluations", evaluations(), null));
    writes.put(
        "solution added",
        () -> added("solutions", Map.of("description", "Restart", "category", "mitigation"), null));
    writes.put(
        "solution changed", () -> patch("/solutions/" + solution, "{\"status\": \"applying\"}"));
    writes.put("message added", () -> added("messages", message("one"), null));
    writes.put(
        "several messages added",
        () -> added("messages", List.of(message("two"), message("three")), null));
    writes.put("message added once", () -> added("messages", message("with a key"), Ids.next()));
    writes.put(
        "tool call added",
        () ->
            added("tool-calls", Map.of("tool_name", "curl", "input_params", Map.of("n", 1)), null));
    writes.put(
        "tool call finished",
        () ->
            patch(
                "/tool-calls/" + toolCall,
                "{\"status\": \"success\", \"output_result\": {\"lines\": 3}}"));
    writes.put("tags added", () -> added("tags", Map.of("tags", List.of("pool")), null));
    writes.put(
        "tags replaced",
        () ->
            as(user)
                .body(Map.of("tags", List.of("database", "checkout")))
                .put("/api/v1/cases/{id}/tags", caseId));
    writes.put("tag removed", () -> as(user).delete("/api/v1/cases/{id}/tags/database", caseId));
    writes.put(
        "evidence deleted",
        () -> as(user).delete("/api/v1/cases/{id}/evidence/{e}", caseId, spareEvidence));
    return writes;
  }

  private Map<String, Object> evaluations() {
    return Map.of(
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
                "it fits")));
  }

  private static Map<String, String> evidence(String content) {
    return Map.of("content", content, "source_type", "other");
  }

  private static Map<String, String> message(String content) {
    return Map.of("message_type", "user_query", "role", "user", "content", content);
  }

  private Response added(String rows, Object body, @Nullable String key) {
    return key == null
        ? add(user, caseId, rows, body)
        : as(user)
            .header("Idempotency-Key", key)
            .body(body)
            .post("/api/v1/cases/{id}/" + rows, caseId);
  }

  private Response patch(String path, String body) {
    return as(user).body(body).patch("/api/v1/cases/{id}" + path, caseId);
  }
}
