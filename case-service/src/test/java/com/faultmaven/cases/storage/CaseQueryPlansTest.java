package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CasesDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.faultmaven.cases.domain.AnalyticsQuery;
import com.faultmaven.cases.domain.CaseCollection;
import com.faultmaven.cases.domain.CaseParts;
import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.cases.domain.InDatabase;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.cases.domain.ShownRows;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.EvidenceForm;
import com.faultmaven.common.model.cases.EvidenceRelationship;
import com.faultmaven.common.model.cases.EvidenceSourceType;
import com.faultmaven.common.model.cases.HypothesisEvaluation;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.model.cases.MessageRole;
import com.faultmaven.common.model.cases.MessageType;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionCategory;
import com.faultmaven.common.model.cases.SolutionStatus;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.repository.CaseQuery;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.CaseSearch;
import com.faultmaven.common.repository.EvidenceQuery;
import com.faultmaven.common.repository.MessageQuery;
import com.faultmaven.common.repository.ToolCallQuery;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.PageRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No operation reads a big table from end to end. PostgreSQL itself counts: sequential scans within
 * the transaction, those of foreign keys and cascades included.
 */
@QuarkusTest
@WithTestResource(ServersResource.class)
class CaseQueryPlansTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String USER = "plans-user-7";
  private static final String CASE = "plans-case-7";
  private static final Scope USER_ALONE = new Scope(USER, Roles.USER);

  private static final List<String> TABLES =
      List.of(
          "users",
          "cases",
          "evidence",
          "case_messages",
          "hypotheses",
          "solutions",
          "uploaded_files",
          "case_status_transitions",
          "case_tags",
          "agent_tool_calls",
          "archived_objects",
          "data_access_log");

  /** 20,000 cases of 200 users, with 20,000 to 60,000 rows in each table around them. */
  private static final String FILL =
      """
      INSERT INTO users (user_id) SELECT 'plans-user-' || n FROM generate_series(0, 199) AS n;
      INSERT INTO cases (case_id, user_id, status, title, description, created_at, updated_at, version)
          SELECT 'plans-case-' || n, 'plans-user-' || n % 200,
              CASE WHEN n % 3 = 0 THEN 'investigating' ELSE 'consulting' END,
              'Outage of service ' || n, 'Node ' || n || ' fails',
              timestamptz '2026-01-01' + n * interval '1 minute',
              timestamptz '2026-01-01' + n * interval '1 minute', 1
          FROM generate_series(1, 20000) AS n;
      INSERT INTO evidence (evidence_id, case_id, content, source_type, form, created_at)
          SELECT 'plans-evidence-' || n, 'plans-case-' || 1 + n % 20000, 'Error code ' || n,
              'log_file', 'document', timestamptz '2026-01-01' + n * interval '1 minute'
          FROM generate_series(1, 60000) AS n;
      INSERT INTO case_messages (message_id, case_id, message_type, role, content, created_at)
          SELECT 'plans-message-' || n, 'plans-case-' || 1 + n % 20000, 'user_query', 'user',
              'Why ' || n, timestamptz '2026-01-01' + n * interval '1 minute'
          FROM generate_series(1, 60000) AS n;
      INSERT INTO hypotheses (hypothesis_id, case_id, description, status, created_at, updated_at)
          SELECT 'plans-hypothesis-' || n, 'plans-case-' || n, 'Pool ' || n, 'exploring', now(), now()
          FROM generate_series(1, 20000) AS n;
      INSERT INTO solutions (solution_id, case_id, description, category, status,
              linked_hypothesis_id, created_at)
          SELECT 'plans-solution-' || n, 'plans-case-' || n, 'Restart ' || n, 'fix', 'proposed',
              'plans-hypothesis-' || n, now()
          FROM generate_series(1, 20000) AS n;
      INSERT INTO uploaded_files (file_id, case_id, filename, data_type, size_bytes, s3_key,
              preprocessing_status, uploaded_at)
          SELECT 'plans-file-' || n, 'plans-case-' || n, 'a.log', 'logs_and_errors', 1, 'k' || n,
              'completed', now()
          FROM generate_series(1, 20000) AS n;
      INSERT INTO case_status_transitions
          SELECT 'plans-transition-' || n, 'plans-case-' || n, 'consulting', 'investigating', now(),
              'system', 'r'
          FROM generate_series(1, 20000) AS n;
      INSERT INTO case_tags
          SELECT 'plans-case-' || n, 'plans-tag-' || n % 1000 FROM generate_series(1, 20000) AS n;
      INSERT INTO archived_objects (case_id, s3_key, size_bytes, archived_at)
          SELECT 'plans-case-' || n, 'k' || n, 1, now() FROM generate_series(1, 20000) AS n;
      INSERT INTO agent_tool_calls (call_id, case_id, tool_name, input_params, status, called_at)
          SELECT 'plans-call-' || n, 'plans-case-' || n, 'grep', '{}', 'pending', now()
          FROM generate_series(1, 20000) AS n;
      INSERT INTO data_access_log (access_id, accessed_at, actor_id, actor_role, owner_id, case_id,
              resource)
          SELECT 'plans-access-' || n, now(), 'plans-analyst', 'analyst', 'plans-user-' || n % 200,
              'plans-case-' || n, 'case'
          FROM generate_series(1, 20000) AS n
      """;

  private static final Map<String, Function<CaseRepository, Uni<?>>> OPERATIONS = operations();

  @Inject CasesDatabase database;
  @Inject StoredUserData userData;
  @Inject @InDatabase CaseStore store;

  @BeforeEach
  void fillOnce() throws SQLException {
    if (await(database.cases().getHeader(CASE)).isEmpty()) {
      database.asOwner(FILL);
      for (String table : TABLES) {
        database.asOwner("VACUUM (ANALYZE) " + table);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void readsNoBigTableFromEndToEnd(String planning) {
    Map<String, List<String>> scans = new LinkedHashMap<>();
    OPERATIONS.forEach(
        (name, operation) -> {
          List<String> scanned =
              scannedBy(tx -> operation.apply(database.store().in(tx, Scope.SERVICE)), planning);
          if (!scanned.isEmpty()) {
            scans.put(name, scanned);
          }
        });

    assertThat(scans).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void readsRowsTogetherWithTheHeadOfTheirCaseWithoutReadingOthers(String planning) {
    Map<String, Function<CaseRepository, Uni<?>>> reads = new LinkedHashMap<>();
    reads.put("a piece of evidence", cases -> cases.getEvidence(CASE, "plans-evidence-7"));
    reads.put("a hypothesis", cases -> cases.getHypothesis(CASE, "plans-hypothesis-7"));
    reads.put("solutions", cases -> cases.listSolutions(CASE, Set.of()));
    reads.put(
        "tool calls", cases -> cases.listToolCalls(CASE, new ToolCallQuery(null, null, null, 50)));
    reads.put("transitions", cases -> cases.getTransitions(CASE));
    reads.put("files", cases -> cases.listUploadedFiles(CASE));
    reads.put("tags", cases -> cases.getTags(CASE));
    reads.forEach(
        (name, read) -> {
          List<SeenCase> run = new ArrayList<>();
          assertThat(scannedBy(tx -> read.apply(seen(tx, run)), planning)).as(name).isEmpty();
          assertThat(run.getFirst().head()).as(name).isPresent();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void readsRowsAsTheyAreShownWithoutReadingOthers(String planning) {
    Cursor place = new Cursor(NOW, Ids.next());
    Map<String, Function<ShownRows, Uni<?>>> reads = new LinkedHashMap<>();
    reads.put(
        "evidence",
        rows -> rows.evidence(CASE, new EvidenceQuery(null, null, null, null, false, null, 50)));
    reads.put(
        "evidence of a source",
        rows ->
            rows.evidence(
                CASE,
                new EvidenceQuery(
                    EvidenceSourceType.LOG_FILE,
                    EvidenceForm.DOCUMENT,
                    NOW,
                    "error",
                    true,
                    place,
                    50)));
    reads.put("hypotheses", rows -> rows.hypotheses(CASE, Set.of()));
    reads.put(
        "active hypotheses", rows -> rows.hypotheses(CASE, Set.of(HypothesisStatus.EXPLORING)));
    reads.put("messages", rows -> rows.messages(CASE, new MessageQuery(null, true, null, 50)));
    reads.put(
        "older messages", rows -> rows.messages(CASE, new MessageQuery(null, true, place, 50)));
    reads.forEach(
        (name, read) -> {
          List<SeenCase> run = new ArrayList<>();
          assertThat(scannedBy(tx -> read.apply(new StoredShownRows(seenCase(tx, run))), planning))
              .as(name)
              .isEmpty();
          assertThat(run.getFirst().head()).as(name).isPresent();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void addsRowsToACaseWithoutReadingOthers(String planning) {
    Map<String, Function<CaseRepository, Uni<?>>> additions = new LinkedHashMap<>();
    additions.put("messages", cases -> cases.addMessages(List.of(message())));
    additions.put("tool call", cases -> cases.addToolCall(toolCall()));
    additions.put("solution", cases -> cases.addSolution(solution()));
    additions.forEach(
        (name, add) -> {
          List<SeenCase> run = new ArrayList<>();
          assertThat(scannedBy(tx -> add.apply(seen(tx, run)), planning)).as(name).isEmpty();
          assertThat(run.getFirst().inserted()).as(name).isTrue();
        });
  }

  private static CaseMessage message() {
    return new CaseMessage(
        Ids.next(), CASE, MessageType.USER_QUERY, MessageRole.USER, "Why?", null, NOW);
  }

  private static ToolCall toolCall() {
    return new ToolCall(
        Ids.next(),
        CASE,
        "grep",
        JsonNodeFactory.instance.objectNode(),
        null,
        ToolCallStatus.PENDING,
        null,
        NOW,
        null);
  }

  private static Solution solution() {
    return new Solution(
        Ids.next(),
        CASE,
        "Restart",
        SolutionCategory.FIX,
        SolutionStatus.PROPOSED,
        "plans-hypothesis-7",
        List.of(),
        List.of(),
        null,
        NOW,
        null);
  }

  private static CaseRepository seen(SqlConnection tx, List<SeenCase> run) {
    return new PostgresCaseRepository(seenCase(tx, run));
  }

  private static SeenCase seenCase(SqlConnection tx, List<SeenCase> run) {
    SeenCase rows = new SeenCase(statement -> statement.one(tx), USER_ALONE, CASE);
    run.add(rows);
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void erasesAndExportsAUserWithoutReadingOthers(String planning) {
    assertThat(scannedBy(tx -> userData.erase(tx, USER, NOW), planning)).isEmpty();
    assertThat(
            scannedBy(
                tx -> tx.preparedQuery(StoredUserData.PAGE).execute(Tuple.of(USER, "", 100)),
                planning))
        .isEmpty();
    assertThat(
            scannedBy(
                tx ->
                    tx.preparedQuery(StoredUserData.ACCESSES)
                        .execute(Tuple.of(USER, Rows.utc(NOW), "", 100)),
                planning))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void findsOldRowsOfTheAccessLogWithoutReadingOthers(String planning) {
    for (String sql : List.of("next_log_rows", "forget_log_rows")) {
      assertThat(
              scannedBy(
                  tx ->
                      tx.query(
                              "SELECT %s('data_access_log', now() - interval '90 days', 100)"
                                  .formatted(sql))
                          .execute(),
                  planning))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void countsAndFindsEndedCasesWithoutReadingOthers(String planning) {
    Instant day = Instant.parse("2026-01-03T00:00:00Z");
    // Over everybody's cases the best plan depends on the period: PostgreSQL plans each one anew.
    String[] owners =
        planning.equals("force_custom_plan") ? new String[] {USER, null} : new String[] {USER};
    for (String owner : owners) {
      AnalyticsQuery query =
          new AnalyticsQuery(owner, day, day.plus(Duration.ofDays(1)), AnalyticsQuery.Interval.DAY);
      assertThat(
              scannedBy(
                  tx -> new CaseCounts(Connections.within(tx, Scope.SERVICE)).count(query),
                  planning))
          .isEmpty();
    }
    for (String due : List.of(S3ArchivedCases.FIND_RESOLVED, S3ArchivedCases.FIND_CLOSED)) {
      assertThat(
              scannedBy(
                  tx ->
                      tx.preparedQuery(due)
                          .execute(Tuple.of(Rows.utc(NOW), new String[] {CASE}, 50)),
                  planning))
          .isEmpty();
    }
    assertThat(
            scannedBy(
                tx ->
                    tx.preparedQuery(S3ArchivedCases.FIND_ENDED)
                        .execute(Tuple.of(Rows.utc(NOW), 50)),
                planning))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void holdsAndArchivesACaseWithoutReadingOthers(String planning) {
    Map<String, Function<SqlConnection, Uni<?>>> statements =
        Map.of(
            "hold",
            tx -> store.hold(tx, USER_ALONE, CASE),
            "lockEvidence",
            tx -> store.lockEvidence(tx, USER_ALONE, CASE, Set.of("plans-evidence-6")),
            "expect",
            tx ->
                tx.preparedQuery(S3ArchivedCases.EXPECT)
                    .execute(Tuple.of(CASE, "archive/" + CASE, Rows.utc(NOW))),
            "size",
            tx -> new WholeCases(Connections.within(tx, Scope.SERVICE)).size(CASE),
            "stored",
            tx -> new WholeCases(Connections.within(tx, Scope.SERVICE)).stored(CASE));
    statements.forEach(
        (name, statement) -> assertThat(scannedBy(statement, planning)).as(name).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void loadsPartsOfACaseWithoutReadingOthers(String planning) {
    for (CaseParts parts :
        List.of(
            CaseParts.ALL,
            CaseParts.of(Set.of(), null),
            CaseParts.of(EnumSet.allOf(CaseCollection.class), 200),
            CaseParts.of(Set.of(CaseCollection.EVIDENCE, CaseCollection.MESSAGES), 50))) {
      assertThat(scannedBy(tx -> document(tx, parts), planning)).as("%s", parts).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(CaseCollection.class)
  void readsNoTableOfACollectionThatIsNotWanted(CaseCollection wanted) {
    List<String> read =
        changedBy(
            "coalesce(seq_scan, 0) + coalesce(idx_scan, 0)",
            tx -> document(tx, CaseParts.of(Set.of(wanted), null)),
            "force_custom_plan");

    String table =
        switch (wanted) {
          case MESSAGES -> "case_messages";
          case STATUS_TRANSITIONS -> "case_status_transitions";
          case TOOL_CALLS -> "agent_tool_calls";
          default -> wanted.wireName();
        };
    assertThat(read)
        .allMatch(
            name -> name.matches("(cases|case_tags|case_cache_epoch|" + table + ")(_p[0-9]+)?"),
            "wanted or header")
        .anyMatch(name -> name.matches(table + "(_p[0-9]+)?"));
  }

  private static Uni<?> document(SqlConnection tx, CaseParts parts) {
    return SeenCaseStatements.headAndValue(USER_ALONE, CASE, WholeCases.shown(CASE, parts))
        .one(tx)
        .invoke(row -> assertThat(SeenCaseStatements.head(row)).isPresent());
  }

  /** Runs the operation, notes what it has scanned, and undoes it. */
  private List<String> scannedBy(Function<SqlConnection, Uni<?>> operation, String planning) {
    return changedBy("seq_scan", operation, planning);
  }

  private List<String> changedBy(
      String counter, Function<SqlConnection, Uni<?>> operation, String planning) {
    List<String> scanned = new ArrayList<>();
    Uni<Void> undone =
        database
            .transactions()
            .inTransaction(
                tx ->
                    tx.query("SET LOCAL plan_cache_mode = " + planning)
                        .execute()
                        .chain(() -> scans(tx, counter))
                        .chain(
                            before ->
                                operation
                                    .apply(tx)
                                    .chain(() -> scans(tx, counter))
                                    .invoke(after -> scanned.addAll(difference(before, after))))
                        .chain(() -> Uni.createFrom().failure(new Undo())));
    await(undone.onFailure(Undo.class).recoverWithNull());
    return scanned;
  }

  /** Scans by table, of this transaction and of those that were not yet reported. */
  private static Uni<Map<String, Long>> scans(SqlConnection tx, String counter) {
    return tx.query(
            "SELECT relname, %s FROM pg_stat_xact_user_tables WHERE relname NOT IN ('users', 'case_cache_epoch')"
                .formatted(counter))
        .execute()
        .map(
            rows -> {
              Map<String, Long> scans = new LinkedHashMap<>();
              rows.forEach(row -> scans.put(row.getString(0), row.getLong(1)));
              return scans;
            });
  }

  private static List<String> difference(Map<String, Long> before, Map<String, Long> after) {
    return after.entrySet().stream()
        .filter(entry -> entry.getValue() > before.getOrDefault(entry.getKey(), 0L))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, Function<CaseRepository, Uni<?>>> operations() {
    Map<String, Function<CaseRepository, Uni<?>>> all = new LinkedHashMap<>();
    all.put("get", cases -> cases.get(CASE));
    all.put("getHeader", cases -> cases.getHeader(CASE));
    all.put("save", cases -> cases.get(CASE).chain(found -> cases.save(found.orElseThrow())));
    all.put("update", cases -> cases.update(CASE, null, CaseQueryPlansTest::renamed));
    all.put(
        "changeStatus",
        cases ->
            cases.changeStatus(
                CASE,
                null,
                new StatusChange(Ids.next(), CaseStatus.INVESTIGATING, null, "r", "u", NOW)));
    all.put("delete", cases -> cases.delete(CASE));
    lists(all);
    all.put("getTags", cases -> cases.getTags(CASE));
    all.put("addTags", cases -> cases.addTags(CASE, Set.of("x")));
    all.put("setTags", cases -> cases.setTags(CASE, Set.of("x")));
    all.put("removeTag", cases -> cases.removeTag(CASE, "plans-tag-7"));
    all.put("countTags", cases -> cases.countTags(USER));
    rows(all);
    return all;
  }

  private static void lists(Map<String, Function<CaseRepository, Uni<?>>> all) {
    Cursor place = new Cursor(NOW, CASE);
    all.put("findByUser", cases -> cases.findByUser(USER));
    all.put("listActive", cases -> cases.listActive(USER));
    for (CaseQuery.Order order : CaseQuery.Order.values()) {
      all.put(
          "find all by " + order,
          cases -> cases.find(new CaseQuery(null, Set.of(), null, null, order, place, 50)));
      all.put(
          "find all by " + order + ", oldest first",
          cases -> cases.find(new CaseQuery(null, Set.of(), null, null, order, false, place, 50)));
      all.put(
          "find of user by " + order + ", oldest first",
          cases -> cases.find(new CaseQuery(USER, Set.of(), null, null, order, false, place, 50)));
      all.put(
          "find of user by " + order,
          cases ->
              cases.find(
                  new CaseQuery(
                      USER,
                      Set.of(CaseStatus.INVESTIGATING),
                      "plans-tag-7",
                      NOW.minusSeconds(9_000_000),
                      order,
                      place,
                      50)));
    }
    all.put(
        "find by status",
        cases ->
            cases.find(
                new CaseQuery(
                    null,
                    Set.of(CaseStatus.RESOLVED),
                    null,
                    null,
                    CaseQuery.Order.CREATED,
                    null,
                    50)));
    all.put(
        "find by tag",
        cases ->
            cases.find(
                new CaseQuery(
                    null, Set.of(), "plans-tag-7", null, CaseQuery.Order.CREATED, null, 50)));
    all.put("search", cases -> cases.search(search(null, "777 776")));
    all.put("search of user", cases -> cases.search(search(USER, "outage error")));
    all.put("getTransitions", cases -> cases.getTransitions(CASE));
  }

  private static void rows(Map<String, Function<CaseRepository, Uni<?>>> all) {
    Cursor place = new Cursor(NOW, "plans");
    all.put("getEvidence", cases -> cases.getEvidence(CASE, "plans-evidence-6"));
    all.put(
        "listEvidence",
        cases ->
            cases.listEvidence(
                CASE,
                new EvidenceQuery(
                    EvidenceSourceType.LOG_FILE,
                    EvidenceForm.DOCUMENT,
                    NOW.minusSeconds(9_000_000),
                    "error",
                    place,
                    50)));
    all.put(
        "listEvidence, oldest first",
        cases ->
            cases.listEvidence(CASE, new EvidenceQuery(null, null, null, null, false, place, 50)));
    all.put("updateEvidence", cases -> cases.updateEvidence(CASE, "plans-evidence-6", row -> row));
    all.put("deleteEvidence", cases -> cases.deleteEvidence(CASE, "plans-evidence-6"));
    all.put("listHypotheses", cases -> cases.listHypotheses(CASE, Set.of()));
    all.put("getActiveHypotheses", cases -> cases.getActiveHypotheses(CASE));
    all.put(
        "updateHypothesis",
        cases -> cases.updateHypothesis(CASE, "plans-hypothesis-7", row -> row));
    all.put(
        "evaluateHypotheses",
        cases ->
            cases.evaluateHypotheses(
                CASE,
                "plans-evidence-6",
                List.of(
                    new HypothesisEvaluation(
                        "plans-hypothesis-7",
                        HypothesisStatus.TESTING,
                        EvidenceRelationship.NEUTRAL,
                        null)),
                NOW));
    all.put("listSolutions", cases -> cases.listSolutions(CASE, Set.of(SolutionStatus.PROPOSED)));
    all.put("updateSolution", cases -> cases.updateSolution(CASE, "plans-solution-7", row -> row));
    all.put(
        "getConversationThread",
        cases ->
            cases.getConversationThread(
                CASE, new MessageQuery(MessageType.USER_QUERY, false, place, 50)));
    all.put(
        "getConversationThread backwards",
        cases -> cases.getConversationThread(CASE, new MessageQuery(null, true, place, 50)));
    all.put(
        "finishToolCall",
        cases ->
            cases.finishToolCall(CASE, "plans-call-7", ToolCallStatus.SUCCESS, null, null, NOW));
    all.put(
        "listToolCalls",
        cases ->
            cases.listToolCalls(CASE, new ToolCallQuery("grep", ToolCallStatus.PENDING, place, 9)));
    all.put("putUploadedFile", cases -> cases.putUploadedFile(file()));
    all.put("getUploadedFile", cases -> cases.getUploadedFile("plans-file-7"));
    all.put("listUploadedFiles", cases -> cases.listUploadedFiles(CASE));
    all.put("deleteUploadedFile", cases -> cases.deleteUploadedFile("plans-file-7"));
  }

  private static Case renamed(Case found) {
    return found.toBuilder().title("Renamed").tags(Set.of("y")).build();
  }

  private static CaseSearch search(@Nullable String user, String text) {
    return new CaseSearch(text, user, Set.of(), null, new PageRequest(20, 0));
  }

  private static UploadedFile file() {
    return new UploadedFile(
        "plans-file-7",
        CASE,
        "b.log",
        DataType.LOGS_AND_ERRORS,
        2,
        "k",
        PreprocessingStatus.COMPLETED,
        null,
        NOW,
        null);
  }

  /** Rolls the transaction back. */
  private static final class Undo extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
