package com.faultmaven.cases.domain.legacy;

import static com.faultmaven.cases.domain.legacy.LegacyFixtures.UNICODE;
import static com.faultmaven.cases.domain.legacy.LegacyFixtures.fields;
import static com.faultmaven.cases.domain.legacy.LegacyFixtures.row;
import static com.faultmaven.cases.domain.legacy.LegacyFixtures.small;
import static com.faultmaven.cases.domain.legacy.LegacyFixtures.text;
import static com.faultmaven.cases.domain.legacy.LegacyFixtures.transition;
import static com.faultmaven.cases.domain.legacy.LegacyFixtures.whole;
import static com.faultmaven.cases.domain.legacy.LegacyFixtures.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.ClosureReason;
import com.faultmaven.common.model.cases.MessageRole;
import com.faultmaven.common.model.cases.MessageType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LegacyCasesTest {
  @Test
  void readsADocumentWithEverything() {
    Case read = LegacyCases.read(text(whole("c1", "u1"))).value();

    assertThat(read.caseId()).isEqualTo("c1");
    assertThat(read.userId()).isEqualTo("u1");
    assertThat(read.status()).isEqualTo(CaseStatus.RESOLVED);
    assertThat(read.closureReason()).isEqualTo(ClosureReason.RESOLVED);
    assertThat(read.title()).isEqualTo("Timeouts " + UNICODE);
    assertThat(read.createdAt()).isEqualTo("2025-01-12T08:00:00.123456Z");
    assertThat(read.updatedAt()).isEqualTo("2025-01-12T16:40:00Z");
    assertThat(read.resolvedAt()).isEqualTo("2025-01-12T16:40:00Z");
    assertThat(read.version()).isZero();
    assertThat(read.tags()).containsExactly("checkout", "database");
    assertThat(read.evidence().getFirst().content()).isEqualTo("ERROR " + UNICODE);
    assertThat(read.hypotheses().getFirst().evidenceLinks()).hasSize(1);
    assertThat(read.solutions().getFirst().steps()).containsExactly("one", "two");
    assertThat(read.messages())
        .extracting(CaseMessage::content)
        .containsExactly("Why?", "Because.");
    assertThat(read.messages())
        .extracting(CaseMessage::messageType)
        .containsExactly(MessageType.USER_QUERY, MessageType.AGENT_RESPONSE);
    assertThat(read.uploadedFiles().getFirst().filename()).isEqualTo("app.log");
    assertThat(read.statusTransitions()).hasSize(2);
    assertThat(read.toolCalls().getFirst().errorMessage()).isEqualTo("no such file");
  }

  @Test
  void readsTheSameFromAHash() {
    LegacyCase document = LegacyCases.read(text(whole("c1", "u1")));
    LegacyCase hash = LegacyCases.read(fields(whole("c1", "u1")));

    assertThat(hash.fingerprint()).isEqualTo(document.fingerprint()).hasSize(64);
    assertThat(LegacyCases.sameContent(hash.value(), document.value())).isTrue();
  }

  @Test
  void tellsContentsApart() {
    String before = LegacyCases.read(text(whole("c1", "u1"))).fingerprint();
    ObjectNode changed = whole("c1", "u1");
    ((ObjectNode) changed.withArrayProperty("messages").get(1)).put("content", "Because!");

    assertThat(LegacyCases.read(text(changed)).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void readsCollectionsInKeysOfTheirOwn() {
    ObjectNode given = whole("c1", "u1");
    Map<String, LegacyValue> parts = new LinkedHashMap<>();
    parts.put("evidence", new LegacyValue.Text(given.remove("evidence").toString()));
    ObjectNode hypothesis = (ObjectNode) given.remove("hypotheses").get(0);
    hypothesis.remove("hypothesis_id");
    parts.put("hypotheses", new LegacyValue.Fields(Map.of("c1-h1", hypothesis.toString())));
    List<String> messages =
        Stream.of(0, 1)
            .map(given.withArrayProperty("messages")::get)
            .map(Object::toString)
            .toList();
    given.remove("messages");
    parts.put("messages", new LegacyValue.Items(messages));

    LegacyCase read =
        LegacyCases.read(new LegacyEntry("case:c1", new LegacyValue.Text(given.toString()), parts));

    assertThat(
            LegacyCases.sameContent(
                read.value(), LegacyCases.read(text(whole("c1", "u1"))).value()))
        .isTrue();
  }

  @Test
  void makesTheSameIdsAgainAndKeepsCopiesApart() {
    ObjectNode given = small("c1", "u1");
    for (int i = 0; i < 2; i++) {
      row(given, "evidence").put("content", "seen").put("source_type", "other");
    }

    List<String> ids = evidenceIds(given);

    assertThat(ids).doesNotHaveDuplicates().allMatch(Ids::isCanonical).hasSize(2);
    assertThat(evidenceIds(given)).isEqualTo(ids);
    assertThat(evidenceIds(with(given.deepCopy(), it -> it.put("case_id", "c2"))))
        .doesNotContainAnyElementsOf(ids);
  }

  private static List<String> evidenceIds(ObjectNode given) {
    return LegacyCases.read(text(given)).value().evidence().stream()
        .map(piece -> piece.evidenceId())
        .toList();
  }

  @Test
  void takesTheHistoryForTheConversationWhenThereAreNoMessages() {
    ObjectNode given = small("c1", "u1");
    row(given, "conversation_history").put("role", "user").put("content", "first");
    row(given, "conversation_history")
        .put("role", "assistant")
        .put("content", "second")
        .put("timestamp", 1_736_700_000.5);
    row(given, "conversation_history").put("role", "system").put("content", "third");

    Case read = LegacyCases.read(text(given)).value();

    assertThat(read.conversationHistory()).isNull();
    assertThat(read.messages())
        .extracting(CaseMessage::createdAt)
        .containsExactly(
            Instant.parse("2025-01-12T10:00:00Z"),
            Instant.parse("2025-01-12T16:40:00.500Z"),
            Instant.parse("2025-01-12T16:40:00.500001Z"));
    assertThat(read.messages())
        .extracting(CaseMessage::role)
        .containsExactly(MessageRole.USER, MessageRole.ASSISTANT, MessageRole.SYSTEM);
  }

  @Test
  void keepsTheHistoryAsAColumnBesideMessages() {
    ObjectNode given = small("c1", "u1");
    row(given, "messages").put("role", "user").put("content", "first");
    row(given, "conversation_history").put("anything", 1);

    Case read = LegacyCases.read(text(given)).value();

    assertThat(read.messages()).hasSize(1);
    assertThat(String.valueOf(read.conversationHistory())).isEqualTo("[{\"anything\":1}]");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-12T10:00:00Z,             2025-01-12T10:00:00Z",
    "2025-01-12T10:00:00.123456789Z,   2025-01-12T10:00:00.123456Z",
    "2025-01-12T10:00:00+02:00,        2025-01-12T08:00:00Z",
    "2025-01-12T10:00:00.5-01:30,      2025-01-12T11:30:00.5Z",
    "2025-01-12T10:00:00.123456,       2025-01-12T10:00:00.123456Z",
    "2025-01-12 10:00:00,              2025-01-12T10:00:00Z",
    "1736676000,                       2025-01-12T10:00:00Z",
    "1736676000.25,                    2025-01-12T10:00:00.25Z",
    "1736676000123,                    2025-01-12T10:00:00.123Z",
  })
  void readsTimes(String given, Instant expected) {
    ObjectNode whole = small("c1", "u1");

    assertThat(LegacyCases.read(text(whole.put("created_at", given))).value().createdAt())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"yesterday", "1999-12-31T23:59:59Z", "2100-01-01T00:00:00Z", "12", "1e999999999"})
  void refusesTimes(String given) {
    assertThat(flaws(with(small("c1", "u1"), it -> it.put("created_at", given))))
        .extracting(Flaw::field)
        .containsExactly("created_at");
  }

  @Test
  void takesEmptyTextsAndTheWordNullOfAHashForNothing() {
    ObjectNode given = small("c1", "u1").put("description", "").put("resolved_at", "null");
    given.put("working_conclusion", "null").put("closure_reason", "null").put("evidence", "[]");
    given.put("archived_at", "").put("current_phase", "null");

    Case read = LegacyCases.read(fields(given)).value();

    assertThat(read.description()).isNull();
    assertThat(read.resolvedAt()).isNull();
    assertThat(read.workingConclusion()).isNull();
    assertThat(read.archivedAt()).isNull();
    assertThat(read.currentPhase()).isEqualTo("null");
  }

  @Test
  void takesAnArchivedCaseForOneThatIsNot() {
    ObjectNode given = small("c1", "u1").put("archived_at", "2026-02-01T00:00:00Z");

    LegacyCase archived = LegacyCases.read(fields(given));

    assertThat(archived.value().archivedAt()).isNull();
    assertThat(archived.fingerprint())
        .isNotEqualTo(LegacyCases.read(fields(small("c1", "u1"))).fingerprint());
  }

  private record Wrong(String field, String reason, Consumer<ObjectNode> change) {}

  static Stream<Arguments> wrongCases() {
    return Stream.of(
            new Wrong("user_id", "missing", it -> it.remove("user_id")),
            new Wrong("user_id", "an id", it -> it.put("user_id", "a b")),
            new Wrong("case_id", "last part of the key", it -> it.put("case_id", "other")),
            new Wrong("title", "missing or blank", it -> it.put("title", "  ")),
            new Wrong("title", "at most 200", it -> it.put("title", "x".repeat(201))),
            new Wrong("title", "NUL", it -> it.put("title", "a\0b")),
            new Wrong("title", "NUL", it -> it.put("title", "half \ud83d")),
            new Wrong("title", "must be a text", it -> it.put("title", 7)),
            new Wrong("status", "one of consulting", it -> it.put("status", "IN_PROGRESS")),
            new Wrong("status", "missing", it -> it.remove("status")),
            new Wrong(
                "status",
                "last one of status_transitions",
                it ->
                    it.put("status", "closed")
                        .put("closure_reason", "other")
                        .remove("resolved_at")),
            new Wrong(
                "closure_reason", "does not fit", it -> it.put("closure_reason", "abandoned")),
            new Wrong("closure_reason", "one of resolved", it -> it.put("closure_reason", "bored")),
            new Wrong("created_at", "missing", it -> it.remove("created_at")),
            new Wrong("updated_at", "before", it -> it.put("updated_at", "2024-01-01T00:00:00Z")),
            new Wrong("archived_at", "before", it -> it.put("archived_at", "2024-01-01T00:00:00Z")),
            new Wrong("priority", "no field", it -> it.put("priority", 1)),
            new Wrong(
                "degraded_mode", "JSON object", it -> it.put("degraded_mode", "{\"a\":1,\"a\":2}")),
            new Wrong("degraded_mode", "NUL", it -> it.putObject("degraded_mode").put("a", "\0")),
            new Wrong("tags", "array of at most 50", it -> it.putObject("tags").put("a", 1)),
            new Wrong("tags[0]", "1 to 64", it -> it.putArray("tags").add("x".repeat(65))),
            new Wrong(
                "evidence[0].source_type",
                "one of log_file",
                it -> set(it, "evidence", "source_type", "rumour")),
            new Wrong("evidence[0].content", "missing", it -> set(it, "evidence", "content", "")),
            new Wrong(
                "evidence[0].case_id", "another case", it -> set(it, "evidence", "case_id", "c2")),
            new Wrong(
                "evidence[1].evidence_id",
                "two rows",
                it -> it.withArrayProperty("evidence").add(it.at("/evidence/0").deepCopy())),
            new Wrong(
                "evidence[1]", "JSON object", it -> it.withArrayProperty("evidence").add("text")),
            new Wrong(
                "hypotheses[0].evidence_links[0].evidence_id",
                "no evidence of this case",
                it -> link(it).put("evidence_id", "other")),
            new Wrong(
                "hypotheses[0].evidence_links[0].relationship",
                "one of supports",
                it -> link(it).put("relationship", "proves")),
            new Wrong(
                "hypotheses[0].evidence_links[1].evidence_id",
                "twice",
                it ->
                    ((com.fasterxml.jackson.databind.node.ArrayNode)
                            it.at("/hypotheses/0/evidence_links"))
                        .add(link(it).deepCopy())),
            new Wrong(
                "hypotheses[0].updated_at",
                "before",
                it -> set(it, "hypotheses", "updated_at", "2025-01-12T09:00:00Z")),
            new Wrong(
                "solutions[0].linked_hypothesis_id",
                "no hypothesis",
                it -> set(it, "solutions", "linked_hypothesis_id", "other")),
            new Wrong(
                "solutions[0].applied_at",
                "goes with",
                it -> set(it, "solutions", "status", "proposed")),
            new Wrong(
                "messages[0].role", "one of user", it -> set(it, "messages", "role", "agent")),
            new Wrong(
                "messages[0].created_at",
                "RFC 3339",
                it -> set(it, "messages", "created_at", "noon")),
            new Wrong(
                "uploaded_files[0].size_bytes",
                "from 0 to",
                it -> set(it, "uploaded_files", "size_bytes", "10485761")),
            new Wrong(
                "uploaded_files[0].data_type",
                "one of logs",
                it -> set(it, "uploaded_files", "data_type", "logs")),
            new Wrong(
                "status_transitions[0].to_status",
                "forbids",
                it -> set(it, "status_transitions", "to_status", "resolved")),
            new Wrong(
                "status_transitions[1].from_status",
                "by then",
                it ->
                    ((ObjectNode) it.at("/status_transitions/1")).put("from_status", "consulting")),
            new Wrong(
                "tool_calls[0].completed_at",
                "goes with",
                it -> set(it, "tool_calls", "status", "pending")),
            new Wrong(
                "tool_calls[0].error_message",
                "failed",
                it -> set(it, "tool_calls", "status", "success")))
        .map(wrong -> Arguments.of(wrong.field, wrong.reason, wrong.change));
  }

  private static void set(ObjectNode whole, String collection, String field, String value) {
    ((ObjectNode) whole.at("/" + collection + "/0")).put(field, value);
  }

  private static ObjectNode link(ObjectNode whole) {
    return (ObjectNode) whole.at("/hypotheses/0/evidence_links/0");
  }

  @ParameterizedTest
  @MethodSource("wrongCases")
  void refusesWhatTheModelForbids(String field, String reason, Consumer<ObjectNode> change) {
    ObjectNode wrong = whole("c1", "u1");
    change.accept(wrong);

    List<Flaw> flaws = flaws("case:c1", wrong);

    assertThat(flaws)
        .anySatisfy(
            flaw -> {
              assertThat(flaw.field()).isEqualTo(field);
              assertThat(flaw.reason()).contains(reason);
            });
  }

  @Test
  void refusesAClosedCaseWithoutItsReasonAndAnOpenOneWithIt() {
    assertThat(flaws(small("c1", "u1").put("status", "closed")))
        .extracting(Flaw::field)
        .containsExactly("closure_reason");
    assertThat(flaws(small("c1", "u1").put("closure_reason", "other")))
        .extracting(Flaw::field)
        .containsExactly("closure_reason");
    assertThat(flaws(small("c1", "u1").put("resolved_at", "2025-01-12T10:00:00Z")))
        .extracting(Flaw::field)
        .containsExactly("resolved_at");
  }

  @Test
  void lookedIntoAndClosedIsNotConsultingOnly() {
    ObjectNode given = small("c1", "u1").put("status", "closed");
    given.put("closure_reason", "consulting_only");
    transition(given, "consulting", "investigating", "2025-01-12T10:01:00Z");
    transition(given, "investigating", "closed", "2025-01-12T10:02:00Z");

    assertThat(flaws(given)).extracting(Flaw::field).containsExactly("closure_reason");
  }

  @Test
  void namesAllThatIsWrongUpToANumber() {
    ObjectNode given = small("c1", "u1");
    for (int i = 0; i < 30; i++) {
      row(given, "evidence").put("content", "seen");
    }

    assertThat(flaws(given)).hasSize(LegacyLimits.FLAWS);
  }

  @Test
  void refusesWhatIsNoCase() {
    for (LegacyValue value :
        List.of(
            new LegacyValue.Text("[]"),
            new LegacyValue.Text("{\"title\": "),
            new LegacyValue.Text(""),
            new LegacyValue.Text("{} {}"),
            new LegacyValue.Items(List.of("{}")))) {
      assertThatThrownBy(() -> LegacyCases.read(new LegacyEntry("case:c1", value, Map.of())))
          .isInstanceOfSatisfying(
              LegacyCaseRefused.class,
              refused -> assertThat(refused.flaws().getFirst().field()).isEmpty());
    }
  }

  @Test
  void refusesACollectionThatIsInTwoPlaces() {
    ObjectNode given = whole("c1", "u1");
    LegacyEntry entry =
        new LegacyEntry(
            "case:c1",
            new LegacyValue.Text(given.toString()),
            Map.of("evidence", new LegacyValue.Text("[]")));

    assertThatThrownBy(() -> LegacyCases.read(entry))
        .isInstanceOfSatisfying(
            LegacyCaseRefused.class,
            refused ->
                assertThat(refused.flaws())
                    .contains(new Flaw("evidence", "is both in the case and in a key of its own")));
  }

  private static List<Flaw> flaws(ObjectNode wrong) {
    return flaws("case:" + wrong.path("case_id").asText(), wrong);
  }

  private static List<Flaw> flaws(String key, ObjectNode wrong) {
    LegacyEntry entry = new LegacyEntry(key, new LegacyValue.Text(wrong.toString()), Map.of());
    try {
      LegacyCases.read(entry);
      throw new AssertionError("it was not refused");
    } catch (LegacyCaseRefused refused) {
      return refused.flaws();
    }
  }
}
