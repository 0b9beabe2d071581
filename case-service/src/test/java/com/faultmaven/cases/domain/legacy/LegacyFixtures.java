package com.faultmaven.cases.domain.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Cases as the previous layout kept them. */
public final class LegacyFixtures {
  /** Text with what goes wrong easily. */
  public static final String UNICODE = "日本語 ü \"quoted\" \\ \n 🔥 \u200Fعربى";

  private LegacyFixtures() {}

  /** A resolved case with rows in every collection, as one JSON document. */
  public static ObjectNode whole(String caseId, String userId) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.put("case_id", caseId).put("user_id", userId).put("status", "RESOLVED");
    whole.put("closure_reason", "resolved").put("title", "Timeouts " + UNICODE);
    whole.put("description", "Since nine").put("current_phase", "post_mortem");
    whole.putObject("investigation_progress").put("milestones", 3).put("ratio", 0.75);
    whole.putObject("root_cause_conclusion").put("cause", "Pool too small");
    whole.put("created_at", "2025-01-12T10:00:00.123456+02:00");
    whole.put("updated_at", 1_736_700_000);
    whole.put("resolved_at", 1_736_700_000_000L);
    whole.putArray("tags").add("database").add("checkout");
    row(whole, "evidence")
        .put("evidence_id", caseId + "-e1")
        .put("content", "ERROR " + UNICODE)
        .put("source_type", "LOG_FILE")
        .put("form", "document")
        .put("preprocessed_summary", "In short")
        .put("created_at", "2025-01-12T09:00:00Z")
        .putObject("classification_dimensions")
        .put("confidence", 0.9);
    ObjectNode hypothesis =
        row(whole, "hypotheses")
            .put("hypothesis_id", caseId + "-h1")
            .put("description", "The pool is too small")
            .put("status", "Validated")
            .put("confidence_level", "verified")
            .put("created_at", "2025-01-12T09:10:00Z")
            .put("updated_at", "2025-01-12T09:20:00Z");
    hypothesis
        .putArray("evidence_links")
        .addObject()
        .put("evidence_id", caseId + "-e1")
        .put("relationship", "supports");
    row(whole, "solutions")
        .put("solution_id", caseId + "-s1")
        .put("description", "Raise it")
        .put("category", "fix")
        .put("status", "applied")
        .put("linked_hypothesis_id", caseId + "-h1")
        .put("created_at", "2025-01-12T09:30:00Z")
        .put("applied_at", "2025-01-12T09:40:00Z")
        .putArray("steps")
        .add("one")
        .add("two");
    row(whole, "messages")
        .put("message_id", caseId + "-m1")
        .put("role", "user")
        .put("content", "Why?")
        .put("created_at", "2025-01-12T09:00:00Z");
    row(whole, "messages")
        .put("role", "assistant")
        .put("content", "Because.")
        .put("created_at", "2025-01-12T09:00:00Z");
    row(whole, "uploaded_files")
        .put("file_id", caseId + "-f1")
        .put("filename", "app.log")
        .put("data_type", "logs_and_errors")
        .put("size_bytes", 7)
        .put("s3_key", "k")
        .put("preprocessing_status", "completed")
        .put("uploaded_at", "2025-01-12T09:00:00Z");
    transition(whole, "consulting", "investigating", "2025-01-12T09:05:00Z");
    transition(whole, "investigating", "resolved", "2025-01-12T16:40:00Z");
    row(whole, "tool_calls")
        .put("call_id", caseId + "-t1")
        .put("tool_name", "grep")
        .put("status", "failed")
        .put("error_message", "no such file")
        .put("called_at", "2025-01-12T09:00:00Z")
        .put("completed_at", "2025-01-12T09:00:01Z")
        .putObject("input_params")
        .put("query", "timeout");
    return whole;
  }

  /** A case with what it must have alone. */
  public static ObjectNode small(String caseId, String userId) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("user_id", userId)
        .put("case_id", caseId)
        .put("status", "consulting")
        .put("title", "Small")
        .put("created_at", "2025-01-12T10:00:00Z");
  }

  /** One more row of a collection, to be filled. */
  public static ObjectNode row(ObjectNode whole, String collection) {
    return ((ArrayNode) whole.withArrayProperty(collection)).addObject();
  }

  /** One more line of the audit trail. */
  public static void transition(ObjectNode whole, String from, String to, String at) {
    row(whole, "status_transitions")
        .put("from_status", from)
        .put("to_status", to)
        .put("triggered_at", at)
        .put("triggered_by", "system")
        .put("reason", "because");
  }

  /** The same case as the fields of a hash: plain texts, JSON texts for all the rest. */
  public static Map<String, String> hash(ObjectNode whole) {
    Map<String, String> fields = new LinkedHashMap<>();
    whole
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              fields.put(
                  field.getKey(), value.isContainerNode() ? value.toString() : value.asText());
            });
    return fields;
  }

  /** A document under its key. */
  public static LegacyEntry text(ObjectNode whole) {
    return new LegacyEntry(key(whole), new LegacyValue.Text(whole.toString()), Map.of());
  }

  /** A hash under its key. */
  public static LegacyEntry fields(ObjectNode whole) {
    return new LegacyEntry(key(whole), new LegacyValue.Fields(hash(whole)), Map.of());
  }

  private static String key(ObjectNode whole) {
    return "case:" + whole.path("case_id").asText();
  }

  /** The case, changed. */
  public static ObjectNode with(ObjectNode whole, Consumer<ObjectNode> change) {
    change.accept(whole);
    return whole;
  }
}
