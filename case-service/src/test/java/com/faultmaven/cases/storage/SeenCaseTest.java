package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CasesDatabase.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.cases.domain.CaseParts;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.MessageRole;
import com.faultmaven.common.model.cases.MessageType;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionCategory;
import com.faultmaven.common.model.cases.SolutionStatus;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.DuplicateKeyException;
import com.faultmaven.common.repository.MissingRowException;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A case is looked for, and its rows are read or inserted, in one statement. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class SeenCaseTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.120Z");

  @Inject CasesDatabase database;

  private Scope me = Scope.SERVICE;
  private Scope stranger = Scope.SERVICE;
  private String caseId = "";

  @BeforeEach
  void aCaseOfMine() {
    me = new Scope(database.newOwner(), Roles.USER);
    stranger = new Scope(database.newOwner(), Roles.USER);
    caseId = Ids.next();
    await(
        database
            .cases()
            .save(Case.open(caseId, me.userId(), "Pool", NOW).tags(Set.of("tag")).build()));
  }

  @Test
  void addsRowsToOnesOwnCase() {
    List<CaseMessage> two = List.of(message("Why?"), message("Since when?"));

    assertThat(add(me, caseId, two)).isTrue();

    assertThat(await(database.cases().get(caseId)).orElseThrow().messages())
        .containsExactlyInAnyOrderElementsOf(two);
  }

  @Test
  void addsNothingToAnotherCase() {
    List<CaseMessage> given = List.of(message("Why?"));

    assertThat(add(stranger, caseId, given)).isFalse();
    assertThat(add(new Scope(stranger.userId(), Roles.ADMIN), caseId, given)).isFalse();
    assertThat(add(new Scope(stranger.userId(), Roles.ANALYST), caseId, given)).isFalse();
    assertThat(add(me, Ids.next(), given)).isFalse();

    assertThat(await(database.cases().get(caseId)).orElseThrow().messages()).isEmpty();
  }

  @Test
  void addsNothingBesideRowsInTheArchive() {
    database.asService("UPDATE cases SET archived_at = now() WHERE case_id = $1", caseId);

    assertThat(add(me, caseId, List.of(message("Why?")))).isFalse();

    assertThat(await(database.cases().get(caseId)).orElseThrow().messages()).isEmpty();
  }

  @Test
  void addsAllRowsOrNone() {
    CaseMessage first = message("Why?");
    assertThat(add(me, caseId, List.of(first))).isTrue();

    assertThatThrownBy(() -> add(me, caseId, List.of(message("Since when?"), first)))
        .isInstanceOf(DuplicateKeyException.class);
    assertThatThrownBy(
            () ->
                await(
                    database
                        .store()
                        .addToOwn(me, caseId, cases -> cases.addSolution(solution(Ids.next())))))
        .isInstanceOfSatisfying(
            MissingRowException.class,
            missing -> assertThat(missing.what()).isEqualTo("hypothesis"));

    Case stored = await(database.cases().get(caseId)).orElseThrow();
    assertThat(stored.messages()).containsExactly(first);
    assertThat(stored.solutions()).isEmpty();
  }

  @Test
  void addsToTheCaseThatItLooksForAlone() {
    String other = Ids.next();
    await(database.cases().save(Case.open(other, me.userId(), "Disk", NOW).build()));

    assertThat(add(me, other, List.of(message("Why?")))).isFalse();

    assertThat(await(database.cases().get(caseId)).orElseThrow().messages()).isEmpty();
    assertThat(await(database.cases().get(other)).orElseThrow().messages()).isEmpty();
  }

  @Test
  void opensConnectionsWithOnePlanForAllCasesAndPlansSearchesForTheirValues() {
    String show = "SELECT current_setting('plan_cache_mode')";
    Connections pooled = Connections.pooled(database.transactions(), me);

    List<String> read = await(pooled.reading(new Statement(show), mode -> mode));
    List<String> searched =
        await(pooled.searching(connection -> new Statement(show).all(connection, mode -> mode)));

    assertThat(read).containsExactly("force_generic_plan");
    assertThat(searched).containsExactly("auto");
  }

  @Test
  void doesNothingElse() {
    for (Function<CaseRepository, Uni<Void>> other :
        List.<Function<CaseRepository, Uni<Void>>>of(
            cases -> cases.delete(caseId).replaceWithVoid(),
            cases -> cases.addTags(caseId, Set.of("other")).replaceWithVoid(),
            cases -> cases.listActive(me.userId()).replaceWithVoid(),
            cases ->
                cases.getTags(caseId).chain(() -> cases.addMessages(List.of(message("Why?")))))) {
      assertThatThrownBy(() -> await(database.store().addToOwn(me, caseId, other)))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  /** What is asked first must not depend on how PostgreSQL plans. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "enable_nestloop",
        "enable_indexscan, enable_bitmapscan, enable_indexonlyscan",
        "enable_seqscan",
        "enable_partition_pruning",
        "enable_hashjoin, enable_mergejoin, enable_material, enable_memoize"
      })
  void namesTheAskerBeforeItLooksHoweverItIsPlanned(String without) {
    for (String planning : List.of("force_custom_plan", "force_generic_plan")) {
      database.inTransaction(
          tx -> planned(tx, planning, without).chain(() -> everyStatement(new Fresh(tx))));
    }
  }

  private Uni<?> everyStatement(Fresh tx) {
    Statement tags = new Statement("SELECT tag FROM case_tags WHERE case_id = ?", caseId);
    Statement shown = WholeCases.shown(caseId, CaseParts.ALL);
    String messages = StoredJson.write(List.of(message("Why?")));
    return tx.one(SeenCaseStatements.headAndRows(stranger, caseId, tags))
        .invoke(row -> assertThat(SeenCaseStatements.head(row)).isEmpty())
        .chain(() -> tx.one(SeenCaseStatements.headAndRows(me, caseId, tags)))
        .invoke(
            row -> {
              assertThat(SeenCaseStatements.head(row)).isPresent();
              assertThat(SeenCaseStatements.texts(row, SeenCaseStatements.BEHIND_HEAD))
                  .containsExactly("tag");
            })
        .chain(() -> tx.one(SeenCaseStatements.head(me, caseId)))
        .invoke(row -> assertThat(SeenCaseStatements.head(row)).isPresent())
        .chain(() -> tx.one(SeenCaseStatements.headAndValue(me, caseId, shown)))
        .invoke(
            row ->
                assertThat(row.get(Buffer.class, SeenCaseStatements.BEHIND_HEAD).toString(UTF_8))
                    .contains("\"tags\":[\"tag\"]"))
        .chain(() -> tx.one(SeenCaseStatements.rows(stranger, tags)))
        .invoke(row -> assertThat(SeenCaseStatements.texts(row, 0)).isEmpty())
        .chain(() -> tx.one(SeenCaseStatements.rows(me, tags)))
        .invoke(row -> assertThat(SeenCaseStatements.texts(row, 0)).containsExactly("tag"))
        .chain(
            () -> new SeenCase(tx::one, stranger, caseId).inserting(CaseTables.MESSAGES, messages))
        .invoke(count -> assertThat(count).isZero())
        .chain(() -> new SeenCase(tx::one, me, caseId).inserting(CaseTables.MESSAGES, messages))
        .invoke(count -> assertThat(count).isOne());
  }

  /** A transaction in which nobody has a name when the next statement begins. */
  private record Fresh(SqlConnection tx) {
    Uni<Row> one(Statement statement) {
      return Connections.say(tx, new Scope("nobody", Roles.USER)).chain(() -> statement.one(tx));
    }
  }

  /** Plans that were made otherwise before are forgotten. */
  private static Uni<?> planned(SqlConnection tx, String planning, String without) {
    Uni<?> all =
        tx.query("DISCARD PLANS")
            .execute()
            .chain(() -> tx.query("SET LOCAL plan_cache_mode = " + planning).execute());
    for (String setting : without.split(", ")) {
      all = all.chain(() -> tx.query("SET LOCAL " + setting + " = off").execute());
    }
    return all;
  }

  private boolean add(Scope scope, String id, List<CaseMessage> messages) {
    return await(database.store().addToOwn(scope, id, cases -> cases.addMessages(messages)));
  }

  private CaseMessage message(String content) {
    return new CaseMessage(
        Ids.next(), caseId, MessageType.USER_QUERY, MessageRole.USER, content, null, NOW);
  }

  private Solution solution(String hypothesisId) {
    return new Solution(
        Ids.next(),
        caseId,
        "Restart",
        SolutionCategory.FIX,
        SolutionStatus.PROPOSED,
        hypothesisId,
        List.of(),
        List.of(),
        null,
        NOW,
        null);
  }
}
