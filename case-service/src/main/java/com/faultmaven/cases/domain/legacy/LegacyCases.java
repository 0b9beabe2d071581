package com.faultmaven.cases.domain.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.ClosureReason;
import com.faultmaven.common.model.cases.ConfidenceLevel;
import com.faultmaven.common.model.cases.EvidenceForm;
import com.faultmaven.common.model.cases.EvidenceRelationship;
import com.faultmaven.common.model.cases.EvidenceSourceType;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.model.cases.MessageRole;
import com.faultmaven.common.model.cases.MessageType;
import com.faultmaven.common.model.cases.SolutionCategory;
import com.faultmaven.common.model.cases.SolutionStatus;
import com.faultmaven.common.model.cases.ToolCallStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a case of the previous layout into the model and checks it: every bound, enum, time and
 * link, the status machine and its closure reasons (decisions, section 3). The layout is described
 * in docs/migration-from-redis.md.
 */
public final class LegacyCases {
  /** JSON columns; {@code conversation_history} is apart. */
  private static final List<String> JSON_COLUMNS =
      List.of(
          "investigation_progress",
          "consulting_data",
          "problem_verification",
          "working_conclusion",
          "root_cause_conclusion",
          "degraded_mode",
          "escalation_state",
          "documentation_data",
          "path_selection",
          "turn_progress");

  private final LegacyEntry entry;
  private final Flaws flaws = new Flaws();
  private final LegacyRow whole;
  private final String caseId;
  private @Nullable Instant archivedAt;

  private LegacyCases(LegacyEntry entry) {
    this.entry = entry;
    this.whole = new LegacyRow(object(entry.value()), "", flaws);
    this.caseId = entry.idOfKey();
  }

  /**
   * Reads a case. It takes some milliseconds for each megabyte.
   *
   * @throws LegacyCaseRefused when something is wrong with it
   */
  public static LegacyCase read(LegacyEntry entry) {
    LegacyCases reader = new LegacyCases(entry);
    Case value = reader.read();
    // Of what was given: a case that was imported before is known again.
    Case given = value.toBuilder().archivedAt(reader.archivedAt).build();
    return new LegacyCase(value, LegacyJson.fingerprint(LegacyJson.content(given)));
  }

  /** Whether two cases say the same, their versions apart. */
  public static boolean sameContent(Case one, Case other) {
    return LegacyJson.content(one).equals(LegacyJson.content(other));
  }

  private static ObjectNode object(LegacyValue value) {
    return switch (value) {
      case LegacyValue.Text text ->
          LegacyJson.parse(text.text())
              .filter(ObjectNode.class::isInstance)
              .map(ObjectNode.class::cast)
              .orElseThrow(
                  () ->
                      new LegacyCaseRefused(
                          "", "is no JSON object, or one that names a field twice"));
      case LegacyValue.Fields fields -> {
        ObjectNode object = LegacyJson.NODES.objectNode();
        fields.fields().forEach(object::put);
        yield object;
      }
      case LegacyValue.Items items ->
          throw new LegacyCaseRefused("", "is a list; a case is a hash or a JSON document");
    };
  }

  private Case read() {
    identity();
    Instant createdAt = header();
    Instant start = createdAt == null ? Instant.EPOCH : createdAt;
    whole.texts("tags", LegacyLimits.TAGS, LegacyLimits.TAG);
    Set<String> evidence = evidence(start);
    Set<String> hypotheses = hypotheses(start, evidence);
    solutions(start, hypotheses);
    messages(start);
    uploadedFiles();
    statusTransitions();
    toolCalls();
    whole.nothingElse();
    flaws.check();
    return build();
  }

  private void identity() {
    if (!LegacyTexts.isId(caseId)) {
      whole.flaw("case_id", "the last part of the key is no id");
    }
    String own = whole.id("case_id", false);
    if (own != null && !own.equals(caseId)) {
      whole.flaw("case_id", "is not the last part of the key");
    }
    whole.made().put("case_id", caseId);
    whole.id("user_id", true);
    whole.take("version");
    whole.made().put("version", 0);
  }

  private @Nullable Instant header() {
    CaseStatus status = whole.requiredOne("status", CaseStatus.class);
    whole.text("title", LegacyLimits.TITLE, true);
    whole.text("description", LegacyLimits.DESCRIPTION, false);
    whole.text("current_phase", LegacyLimits.NAME, false);
    whole.text("investigation_strategy", LegacyLimits.DESCRIPTION, false);
    JSON_COLUMNS.forEach(whole::json);
    Instant createdAt = whole.requiredTime("created_at");
    Instant updatedAt = whole.time("updated_at", createdAt);
    notBefore(whole, "updated_at", updatedAt, createdAt);
    archivedAt = whole.time("archived_at", null);
    notBefore(whole, "archived_at", archivedAt, createdAt);
    // All its rows come along: it is archived here when it is due.
    whole.made().putNull("archived_at");
    end(status, createdAt, updatedAt);
    return createdAt;
  }

  /** What an ended case has and another one has not. */
  private void end(
      @Nullable CaseStatus status, @Nullable Instant createdAt, @Nullable Instant updatedAt) {
    ClosureReason otherwise = status == CaseStatus.RESOLVED ? ClosureReason.RESOLVED : null;
    ClosureReason reason = whole.one("closure_reason", ClosureReason.class, otherwise);
    Instant resolvedAt =
        whole.time("resolved_at", status == CaseStatus.RESOLVED ? updatedAt : null);
    notBefore(whole, "resolved_at", resolvedAt, createdAt);
    if (status == null) {
      return;
    }
    if (resolvedAt != null && status != CaseStatus.RESOLVED) {
      whole.flaw("resolved_at", "goes with the status resolved alone");
    }
    if (!status.isTerminal() && reason != null) {
      whole.flaw("closure_reason", "is for the statuses resolved and closed alone");
    }
    if (status == CaseStatus.CLOSED && !whole.isGiven("closure_reason")) {
      whole.flaw("closure_reason", "is missing; a closed case has one");
    }
    // From which status it was closed its transitions tell; here the widest is right.
    if (status.isTerminal() && reason != null && !reason.fits(CaseStatus.CONSULTING, status)) {
      whole.flaw("closure_reason", "does not fit the status " + status.wireName());
    }
  }

  private List<LegacyRow> rows(String name, String idField) {
    LegacyRows rows = new LegacyRows(caseId, name, idField, flaws);
    return rows.read(whole.structure(name).orElse(null), entry.parts().get(name));
  }

  private Set<String> evidence(Instant start) {
    List<LegacyRow> rows = rows("evidence", "evidence_id");
    for (LegacyRow row : rows) {
      row.text("content", LegacyLimits.CONTENT, true);
      row.requiredOne("source_type", EvidenceSourceType.class);
      row.one("form", EvidenceForm.class, EvidenceForm.USER_INPUT);
      row.text("raw_artifact_s3_key", LegacyLimits.DESCRIPTION, false);
      row.text("preprocessed_summary", LegacyLimits.CONTENT, false);
      row.json("classification_dimensions");
      row.time("created_at", start);
      row.nothingElse();
    }
    store("evidence", rows);
    return ids(rows, "evidence_id");
  }

  private Set<String> hypotheses(Instant start, Set<String> evidence) {
    List<LegacyRow> rows = rows("hypotheses", "hypothesis_id");
    for (LegacyRow row : rows) {
      row.text("description", LegacyLimits.DESCRIPTION, true);
      row.one("status", HypothesisStatus.class, HypothesisStatus.EXPLORING);
      row.one("confidence_level", ConfidenceLevel.class, null);
      row.text("reasoning", LegacyLimits.DESCRIPTION, false);
      Instant createdAt = row.time("created_at", start);
      notBefore(row, "updated_at", row.time("updated_at", createdAt), createdAt);
      links(row, evidence);
      row.nothingElse();
    }
    store("hypotheses", rows);
    return ids(rows, "hypothesis_id");
  }

  private void links(LegacyRow hypothesis, Set<String> evidence) {
    ArrayNode made = hypothesis.made().putArray("evidence_links");
    JsonNode given = hypothesis.structure("evidence_links").orElseGet(LegacyJson.NODES::arrayNode);
    if (!given.isArray() || given.size() > LegacyLimits.ROWS) {
      hypothesis.flaw("evidence_links", "must be an array of links");
      return;
    }
    Set<String> linked = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      String at = "evidence_links[" + i + "]";
      if (!(given.get(i) instanceof ObjectNode object)) {
        hypothesis.flaw(at, "must be an object with evidence_id and relationship");
        continue;
      }
      Flaws own = new Flaws();
      LegacyRow link = new LegacyRow(object, at + ".", own);
      String id = link.id("evidence_id", true);
      link.requiredOne("relationship", EvidenceRelationship.class);
      if (id != null && !evidence.contains(id)) {
        link.flaw("evidence_id", "is no evidence of this case");
      }
      if (id != null && !linked.add(id)) {
        link.flaw("evidence_id", "is linked twice");
      }
      link.nothingElse();
      own.forEach(flaw -> hypothesis.flaw(flaw.field(), flaw.reason()));
      made.add(link.made());
    }
  }

  private void solutions(Instant start, Set<String> hypotheses) {
    List<LegacyRow> rows = rows("solutions", "solution_id");
    for (LegacyRow row : rows) {
      row.text("description", LegacyLimits.DESCRIPTION, true);
      row.requiredOne("category", SolutionCategory.class);
      SolutionStatus status = row.one("status", SolutionStatus.class, SolutionStatus.PROPOSED);
      String hypothesis = row.id("linked_hypothesis_id", false);
      if (hypothesis != null && !hypotheses.contains(hypothesis)) {
        row.flaw("linked_hypothesis_id", "is no hypothesis of this case");
      }
      row.texts("steps", LegacyLimits.STEPS, LegacyLimits.STEP);
      row.texts("verification_criteria", LegacyLimits.STEPS, LegacyLimits.STEP);
      row.text("result_summary", LegacyLimits.DESCRIPTION, false);
      Instant createdAt = row.time("created_at", start);
      Instant appliedAt = row.time("applied_at", null);
      notBefore(row, "applied_at", appliedAt, createdAt);
      if (status != null && (status == SolutionStatus.APPLIED) != (appliedAt != null)) {
        row.flaw("applied_at", "goes with the status applied");
      }
      row.nothingElse();
    }
    store("solutions", rows);
  }

  /**
   * The conversation. Without messages an array in conversation_history is the conversation; with
   * them, or when it is an object, it is the column of that name.
   */
  private void messages(Instant start) {
    Optional<JsonNode> history = whole.structure("conversation_history");
    JsonNode given = whole.structure("messages").orElse(null);
    boolean own = entry.parts().containsKey("messages") || (given != null && !given.isEmpty());
    if (!own && history.filter(JsonNode::isArray).isPresent()) {
      given = history.get();
    } else {
      whole.json("conversation_history");
    }
    List<LegacyRow> rows =
        new LegacyRows(caseId, "messages", "message_id", flaws)
            .read(given, entry.parts().get("messages"));
    for (LegacyRow row : rows) {
      speaker(row);
      row.text("content", LegacyLimits.CONTENT, true);
      row.json("metadata");
      Optional<JsonNode> timestamp = row.take("timestamp");
      row.time("created_at", timestamp.flatMap(LegacyTimes::parse).orElse(null));
      if (timestamp.isPresent() && !row.made().has("created_at")) {
        row.flaw("timestamp", "must be a time");
      }
      row.nothingElse();
    }
    inOrder(rows, start, entry.parts().get("messages") instanceof LegacyValue.Fields);
    store("messages", rows);
  }

  /** Role and type of a message; either tells the other. */
  private static void speaker(LegacyRow row) {
    MessageType type = row.one("message_type", MessageType.class, null);
    MessageRole role = row.one("role", MessageRole.class, null);
    if (role == null && type != null) {
      row.made().put("role", roleOf(type).wireName());
    } else if (type == null && role != null) {
      row.made().put("message_type", typeOf(role).wireName());
    } else if (type == null) {
      row.flaw("role", "is missing, and so is message_type");
    }
  }

  private static MessageRole roleOf(MessageType type) {
    return switch (type) {
      case USER_QUERY, DATA_UPLOAD -> MessageRole.USER;
      case AGENT_RESPONSE -> MessageRole.ASSISTANT;
      case SYSTEM_EVENT -> MessageRole.SYSTEM;
    };
  }

  private static MessageType typeOf(MessageRole role) {
    return switch (role) {
      case USER -> MessageType.USER_QUERY;
      case ASSISTANT -> MessageType.AGENT_RESPONSE;
      case SYSTEM -> MessageType.SYSTEM_EVENT;
    };
  }

  /**
   * Gives messages without a time one after the message before, and sets messages with the same
   * time a microsecond apart: a conversation is ordered by its times.
   */
  private static void inOrder(List<LegacyRow> rows, Instant start, boolean unordered) {
    List<LegacyRow> ordered =
        unordered
            ? rows.stream().sorted(Comparator.comparing(row -> timeOf(row, start))).toList()
            : rows;
    Instant given = Instant.MIN;
    Instant last = start.minus(1, ChronoUnit.MICROS);
    for (LegacyRow row : ordered) {
      boolean timed = row.made().has("created_at");
      Instant own = timed ? timeOf(row, start) : given;
      Instant time = own;
      if (!timed || (!own.isBefore(given) && !own.isAfter(last))) {
        time = last.plus(1, ChronoUnit.MICROS);
      }
      given = own;
      last = time;
      row.made().put("created_at", time.toString());
    }
  }

  private static Instant timeOf(LegacyRow row, Instant otherwise) {
    JsonNode time = row.made().path("created_at");
    return time.isMissingNode() ? otherwise : Instant.parse(time.textValue());
  }

  private void uploadedFiles() {
    List<LegacyRow> rows = rows("uploaded_files", "file_id");
    for (LegacyRow row : rows) {
      row.text("filename", LegacyLimits.DESCRIPTION, true);
      row.requiredOne("data_type", DataType.class);
      size(row);
      row.text("s3_key", LegacyLimits.DESCRIPTION, true);
      row.one("preprocessing_status", PreprocessingStatus.class, PreprocessingStatus.COMPLETED);
      row.text("preprocessing_summary", LegacyLimits.CONTENT, false);
      Instant uploadedAt = row.requiredTime("uploaded_at");
      notBefore(row, "processed_at", row.time("processed_at", null), uploadedAt);
      row.nothingElse();
    }
    store("uploaded_files", rows);
  }

  private static void size(LegacyRow row) {
    String size = row.take("size_bytes").map(JsonNode::asText).orElse("");
    if (size.matches("[0-9]{1,8}") && Long.parseLong(size) <= UploadedFile.MAX_SIZE_BYTES) {
      row.made().put("size_bytes", Long.parseLong(size));
    } else {
      row.flaw("size_bytes", "must be from 0 to " + UploadedFile.MAX_SIZE_BYTES);
    }
  }

  private void statusTransitions() {
    List<LegacyRow> rows = rows("status_transitions", "transition_id");
    boolean complete = true;
    for (LegacyRow row : rows) {
      CaseStatus from = row.requiredOne("from_status", CaseStatus.class);
      CaseStatus to = row.requiredOne("to_status", CaseStatus.class);
      Instant at = row.requiredTime("triggered_at");
      row.text("triggered_by", LegacyLimits.ID, true);
      row.text("reason", LegacyLimits.DESCRIPTION, true);
      row.nothingElse();
      complete &= from != null && to != null && at != null;
    }
    if (complete && !rows.isEmpty()) {
      checkTrail(rows);
    }
    store("status_transitions", rows);
  }

  /** A trail begins at consulting, makes allowed steps alone, and ends where the case stands. */
  private void checkTrail(List<LegacyRow> rows) {
    List<LegacyRow> trail =
        rows.stream()
            .sorted(Comparator.comparing(row -> Instant.parse(textOf(row, "triggered_at"))))
            .toList();
    CaseStatus before = CaseStatus.CONSULTING;
    CaseStatus now = before;
    for (LegacyRow row : trail) {
      CaseStatus from = status(row, "from_status");
      CaseStatus to = status(row, "to_status");
      if (from != now) {
        row.flaw("from_status", "is not where the case was by then: " + now.wireName());
      } else if (!from.canBecome(to)) {
        row.flaw(
            "to_status", "does not follow " + from.wireName() + ": the status machine forbids it");
      }
      before = from;
      now = to;
    }
    if (whole.made().has("status") && now != status(whole, "status")) {
      whole.flaw("status", "is not the last one of status_transitions: " + now.wireName());
    } else if (whole.made().has("closure_reason")) {
      ClosureReason reason = WireName.require(ClosureReason.class, textOf(whole, "closure_reason"));
      if (now.isTerminal()
          && reason.fits(CaseStatus.CONSULTING, now)
          && !reason.fits(before, now)) {
        whole.flaw("closure_reason", "is for a case that was never investigated");
      }
    }
  }

  private static CaseStatus status(LegacyRow row, String name) {
    return WireName.require(CaseStatus.class, textOf(row, name));
  }

  private static String textOf(LegacyRow row, String name) {
    return row.made().path(name).asText();
  }

  private void toolCalls() {
    List<LegacyRow> rows = rows("tool_calls", "call_id");
    for (LegacyRow row : rows) {
      row.text("tool_name", LegacyLimits.NAME, true);
      if (row.json("input_params") == null) {
        row.made().putObject("input_params");
      }
      row.json("output_result");
      ToolCallStatus status = row.requiredOne("status", ToolCallStatus.class);
      String error = row.text("error_message", LegacyLimits.DESCRIPTION, false);
      Instant calledAt = row.requiredTime("called_at");
      Instant completedAt = row.time("completed_at", null);
      notBefore(row, "completed_at", completedAt, calledAt);
      if (status != null && status.isTerminal() != (completedAt != null)) {
        row.flaw("completed_at", "goes with a call that has ended");
      }
      if (error != null && status != null && status != ToolCallStatus.FAILED) {
        row.flaw("error_message", "goes with a call that has failed");
      }
      row.nothingElse();
    }
    store("tool_calls", rows);
  }

  private static void notBefore(
      LegacyRow row, String name, @Nullable Instant time, @Nullable Instant first) {
    if (time != null && first != null && time.isBefore(first)) {
      row.flaw(name, "is before the beginning");
    }
  }

  private void store(String name, List<LegacyRow> rows) {
    ArrayNode all = whole.made().putArray(name);
    rows.forEach(row -> all.add(row.made()));
  }

  private static Set<String> ids(List<LegacyRow> rows, String field) {
    return rows.stream().map(row -> textOf(row, field)).collect(Collectors.toSet());
  }

  /** The model has the last word. */
  private Case build() {
    try {
      return LegacyJson.toCase(whole.made());
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String reason =
          cause instanceof IllegalArgumentException || cause instanceof NullPointerException
              ? String.valueOf(cause.getMessage())
              : "is not as the model has it";
      throw new LegacyCaseRefused(path(e), reason);
    } catch (JsonProcessingException e) {
      throw new LegacyCaseRefused("", "is not as the model has it");
    }
  }

  private static String path(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(at -> at.getFieldName() == null ? "[" + at.getIndex() + "]" : "." + at.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }
}
