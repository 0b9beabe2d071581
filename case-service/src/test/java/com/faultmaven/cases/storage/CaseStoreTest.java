package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CasesDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.cases.domain.CaseDocument;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.cases.domain.ShownRow;
import com.faultmaven.cases.domain.ShownRows;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.EvidenceForm;
import com.faultmaven.common.model.cases.EvidenceRelationship;
import com.faultmaven.common.model.cases.EvidenceSourceType;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.model.cases.MessageRole;
import com.faultmaven.common.model.cases.MessageType;
import com.faultmaven.common.model.cases.RecentMessage;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionCategory;
import com.faultmaven.common.model.cases.SolutionStatus;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.repository.EvidenceQuery;
import com.faultmaven.common.repository.MessageQuery;
import com.faultmaven.common.repository.MissingRowException;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.web.Cursor;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database offers beyond the contract. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class CaseStoreTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.120Z");

  private static final EvidenceQuery ALL =
      new EvidenceQuery(null, null, null, null, true, null, 50);

  @Inject CasesDatabase database;
  @Inject ObjectMapper wire;

  @Test
  void documentIsTheWholeCaseAsOnTheWire() throws JsonProcessingException {
    Case stored = storedWithAllKindsOfRows();

    CaseDocument document =
        await(database.store().document(Scope.SERVICE, stored.caseId())).orElseThrow();

    assertThat(document.caseId()).isEqualTo(stored.caseId());
    assertThat(document.userId()).isEqualTo(stored.userId());
    assertThat(document.version()).isEqualTo(stored.version());
    assertThat(wire.readTree(document.text()))
        .isEqualTo(
            wire.readTree(
                wire.writeValueAsString(
                    stored.toBuilder()
                        .conversationHistory(RecentMessage.history(stored.messages()))
                        .build())));
    assertThat(await(database.store().document(Scope.SERVICE, Ids.next()))).isEmpty();
  }

  @Test
  void shownRowsAreTheModelsAsOnTheWire() throws JsonProcessingException {
    Case stored = storedWithAllKindsOfRows();
    String id = stored.caseId();

    assertThat(wire.readTree(wire.writeValueAsString(shown(id, rows -> rows.evidence(id, ALL)))))
        .isEqualTo(wire.readTree(wire.writeValueAsString(stored.evidence())));
    assertThat(
            wire.readTree(
                wire.writeValueAsString(shown(id, rows -> rows.hypotheses(id, Set.of())))))
        .isEqualTo(wire.readTree(wire.writeValueAsString(stored.hypotheses())));
    assertThat(
            wire.readTree(
                wire.writeValueAsString(
                    shown(id, rows -> rows.messages(id, new MessageQuery(null, true, null, 9))))))
        .isEqualTo(wire.readTree(wire.writeValueAsString(stored.messages())));
  }

  @Test
  void shownRowsOfOneMillisecondFollowEachOther() {
    String id = Ids.next();
    List<CaseMessage> messages =
        IntStream.range(0, 7)
            .mapToObj(
                i ->
                    new CaseMessage(
                        Ids.next(),
                        id,
                        MessageType.USER_QUERY,
                        MessageRole.USER,
                        "{\"a\":" + i + "}" + i,
                        null,
                        NOW.plus(i, ChronoUnit.MICROS)))
            .toList();
    await(
        database
            .cases()
            .save(Case.open(id, database.newOwner(), "Fast", NOW).messages(messages).build()));

    List<String> seen = new ArrayList<>();
    Cursor after = null;
    do {
      MessageQuery page = new MessageQuery(null, false, after, 2);
      List<ShownRow> rows = shown(id, found -> found.messages(id, page));
      rows.forEach(row -> seen.add(JsonPath.from(row.json()).getString("message_id")));
      after = rows.isEmpty() ? null : rows.getLast().place();
    } while (after != null);

    assertThat(seen)
        .containsExactlyElementsOf(messages.stream().map(CaseMessage::messageId).toList());
  }

  @Test
  void rowsOfNoCaseAreNotShown() {
    String id = storedWithAllKindsOfRows().caseId();
    Scope stranger = new Scope(database.newOwner(), Roles.USER);

    assertThat(await(database.store().shown(stranger, id, rows -> rows.evidence(id, ALL))))
        .isEmpty();
  }

  private List<ShownRow> shown(String caseId, Function<ShownRows, Uni<List<ShownRow>>> read) {
    return await(database.store().shown(Scope.SERVICE, caseId, read)).orElseThrow().rows();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1969-12-31T23:59:58.500001Z",
        "1970-01-01T00:00:00Z",
        "2026-03-01T10:00:00.000001Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void instantsStayAsTheyAreToTheMicrosecond(Instant opened) {
    Case stored =
        await(
            database
                .cases()
                .save(Case.open(Ids.next(), database.newOwner(), "Then", opened).build()));

    assertThat(await(database.cases().get(stored.caseId())).orElseThrow().createdAt())
        .isEqualTo(opened);
    assertThat(await(database.cases().getHeader(stored.caseId())).orElseThrow().createdAt())
        .isEqualTo(opened);
  }

  @Test
  void whatATransactionWritesIsUndoneWithIt() {
    String owner = database.newOwner();
    Case opened = Case.open(Ids.next(), owner, "Undone", NOW).build();

    Uni<Void> failing =
        database
            .transactions()
            .inTransaction(
                tx ->
                    database
                        .store()
                        .in(tx, Scope.SERVICE)
                        .save(opened)
                        .chain(() -> database.store().in(tx, Scope.SERVICE).get(opened.caseId()))
                        .invoke(found -> assertThat(found).isPresent())
                        .chain(
                            () ->
                                Uni.createFrom()
                                    .failure(new IllegalStateException("something else"))));

    assertThatThrownBy(() -> await(failing)).isInstanceOf(IllegalStateException.class);
    assertThat(await(database.cases().get(opened.caseId()))).isEmpty();
  }

  @Test
  void refusesCasesOfUsersWhoAreNotThere() {
    assertThatThrownBy(
            () ->
                await(
                    database
                        .cases()
                        .save(Case.open(Ids.next(), Ids.next(), "Nobody's", NOW).build())))
        .isInstanceOfSatisfying(
            MissingRowException.class, missing -> assertThat(missing.what()).isEqualTo("user"));
  }

  @Test
  void keepsWhatUserServiceHasSaidOfAUser() {
    String userId = Ids.next();

    database.inTransaction(tx -> database.store().putUser(tx, userId, "inactive"));
    database.inTransaction(tx -> database.store().ensureUser(tx, userId));

    assertThat(status(userId)).isEqualTo("inactive");
    database.inTransaction(tx -> database.store().putUser(tx, userId, "active"));
    assertThat(status(userId)).isEqualTo("active");
  }

  @Test
  void storesAndSearchesVeryLongTexts() {
    String owner = database.newOwner();
    String caseId = Ids.next();
    // Far more different words than one tsvector holds, and one word that is too long for it.
    StringBuilder content = new StringBuilder("beginning ").append("x".repeat(5000));
    Random random = new Random(7);
    while (content.length() < 4_000_000) {
      content.append(' ').append(Long.toString(random.nextLong() >>> 1, 36));
    }
    await(
        database
            .cases()
            .save(
                Case.open(caseId, owner, "Long", NOW).description("日本語 ".repeat(100_000)).build()));
    Evidence longText = evidence(caseId, content.toString());

    await(database.cases().addEvidence(List.of(longText)));

    assertThat(await(database.cases().getEvidence(caseId, longText.evidenceId())))
        .contains(longText);
    assertThat(
            await(
                database
                    .cases()
                    .listEvidence(
                        caseId, new EvidenceQuery(null, null, null, "beginning", null, 9))))
        .hasSize(1);
  }

  @Test
  void rowsOfACaseLieInOnePartitionAndCasesInAll() {
    String owner = database.newOwner();
    for (int i = 0; i < 64; i++) {
      Case opened = Case.open(Ids.next(), owner, "Spread", NOW).build();
      await(
          database
              .cases()
              .save(
                  opened.toBuilder()
                      .evidence(
                          List.of(evidence(opened.caseId(), "a"), evidence(opened.caseId(), "b")))
                      .build()));
    }

    assertThat(database.asService("SELECT DISTINCT tableoid FROM cases WHERE user_id = $1", owner))
        .hasSizeGreaterThan(5);
    assertThat(
            database.asService(
                """
                SELECT case_id FROM evidence JOIN cases USING (case_id) WHERE user_id = $1
                GROUP BY case_id HAVING count(DISTINCT evidence.tableoid) > 1
                """,
                owner))
        .isEmpty();
  }

  private String status(String userId) {
    return database
        .asService("SELECT status FROM users WHERE user_id = $1", userId)
        .getFirst()
        .getString(0);
  }

  private Case storedWithAllKindsOfRows() {
    String id = Ids.next();
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("a", 1).put("ü", "\"\\\n");
    Evidence evidence = evidence(id, "Line 1\nLine 2\t\"quoted\" \\ 🔥");
    Hypothesis hypothesis =
        new Hypothesis(
                Ids.next(), id, "Pool", HypothesisStatus.EXPLORING, null, null, List.of(), NOW, NOW)
            .addEvidenceLink(evidence.evidenceId(), EvidenceRelationship.SUPPORTS, NOW);
    Case full =
        Case.open(id, database.newOwner(), "Whole", NOW)
            .consultingData(json)
            .tags(Set.of("b", "a"))
            .evidence(List.of(evidence))
            .hypotheses(List.of(hypothesis))
            .solutions(
                List.of(
                    new Solution(
                        Ids.next(),
                        id,
                        "Restart",
                        SolutionCategory.FIX,
                        SolutionStatus.PROPOSED,
                        hypothesis.hypothesisId(),
                        List.of("one", "two"),
                        List.of(),
                        null,
                        NOW,
                        null)))
            .messages(
                List.of(
                    new CaseMessage(
                        Ids.next(),
                        id,
                        MessageType.USER_QUERY,
                        MessageRole.USER,
                        "Why?",
                        json,
                        NOW)))
            .toolCalls(
                List.of(
                    new ToolCall(
                        Ids.next(),
                        id,
                        "grep",
                        json,
                        null,
                        ToolCallStatus.PENDING,
                        null,
                        NOW,
                        null)))
            .build();
    await(database.cases().save(full));
    await(
        database
            .cases()
            .putUploadedFile(
                new UploadedFile(
                    Ids.next(),
                    id,
                    "app.log",
                    DataType.LOGS_AND_ERRORS,
                    7,
                    "k",
                    PreprocessingStatus.COMPLETED,
                    "Summary",
                    NOW,
                    NOW)));
    await(
        database
            .cases()
            .changeStatus(
                id,
                null,
                new StatusChange(
                    Ids.next(), CaseStatus.INVESTIGATING, null, "Known", "system", NOW)));
    return await(database.cases().get(id)).orElseThrow();
  }

  private static Evidence evidence(String caseId, String content) {
    return new Evidence(
        Ids.next(),
        caseId,
        content,
        EvidenceSourceType.OTHER,
        EvidenceForm.USER_INPUT,
        null,
        null,
        null,
        NOW);
  }
}
