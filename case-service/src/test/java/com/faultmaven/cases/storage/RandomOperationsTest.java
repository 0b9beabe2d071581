package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CasesDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.ClosureReason;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.EvidenceForm;
import com.faultmaven.common.model.cases.EvidenceRelationship;
import com.faultmaven.common.model.cases.EvidenceSourceType;
import com.faultmaven.common.model.cases.Hypothesis;
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
import com.faultmaven.common.repository.EvidenceQuery;
import com.faultmaven.common.repository.MessageQuery;
import com.faultmaven.common.repository.ToolCallQuery;
import com.faultmaven.common.repository.memory.InMemoryCaseRepository;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.web.Cursor;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PostgreSQL and the memory of this process answer the same to the same calls, refusals included,
 * whatever the calls are. A seed that fails, fails again.
 */
@QuarkusTest
@WithTestResource(ServersResource.class)
class RandomOperationsTest {
  private static final int CALLS = 350;
  private static final String[] WORDS = {"alpha", "omega", "pool"};
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");

  @Inject CasesDatabase database;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void answersAsTheOneInMemory(long seed) {
    World world = new World(new Random(seed), database.newOwner());
    CaseRepository expected = new InMemoryCaseRepository();
    CaseRepository actual = database.cases();
    for (int i = 0; i < CALLS; i++) {
      Function<CaseRepository, Uni<?>> call = world.nextCall();

      assertThat(answer(actual, call))
          .as("seed %d, call %d: %s", seed, i, world.lastCall)
          .isEqualTo(answer(expected, call));
    }
    for (String id : world.caseIds) {
      assertThat(answer(actual, cases -> cases.get(id)))
          .as("seed %d, case %s at the end", seed, id)
          .isEqualTo(answer(expected, cases -> cases.get(id)));
    }
  }

  /** What a call gives, or how it fails. */
  private static Object answer(CaseRepository cases, Function<CaseRepository, Uni<?>> call) {
    return await(
        call.apply(cases)
            .map(item -> item == null ? "nothing" : item)
            .onFailure()
            .recoverWithItem(failure -> failure.getClass().getSimpleName() + failure.getMessage()));
  }

  /** Makes calls on few cases with few rows, so that they meet. */
  private static final class World {
    private final Random random;
    private final String owner;
    private final List<String> caseIds = new ArrayList<>();
    private final List<String> rowIds = new ArrayList<>();
    private String lastCall = "";
    private int statusChanges;

    World(Random random, String owner) {
      this.random = random;
      this.owner = owner;
      for (int i = 0; i < 3; i++) {
        caseIds.add(Ids.next());
      }
      for (int i = 0; i < 5; i++) {
        rowIds.add(Ids.next());
      }
    }

    Function<CaseRepository, Uni<?>> nextCall() {
      int place = random.nextInt(caseIds.size());
      String id = caseIds.get(place);
      // A row's id belongs to one case, and to one table.
      String row = place + rowIds.get(random.nextInt(rowIds.size()));
      Instant at = NOW.plusSeconds(random.nextInt(5));
      int kind = random.nextInt(34);
      lastCall = kind + " on case " + place + ", row " + row;
      if (kind < 12) {
        return onCase(kind, id, at);
      }
      return kind < 24 ? onRow(kind, id, row, at) : asked(kind, id, row, at);
    }

    /** Reads that pick, from any place on, and what only files have. */
    private Function<CaseRepository, Uni<?>> asked(int kind, String id, String row, Instant at) {
      Cursor after =
          random.nextBoolean() ? null : new Cursor(NOW.plusSeconds(random.nextInt(5)), row);
      boolean newestFirst = random.nextBoolean();
      int limit = 1 + random.nextInt(4);
      int number = random.nextInt(100);
      return switch (kind) {
        case 24 -> {
          EvidenceQuery query =
              new EvidenceQuery(
                  number % 2 == 0 ? any(EvidenceSourceType.values()) : null,
                  number % 3 == 0 ? any(EvidenceForm.values()) : null,
                  number % 5 == 0 ? NOW.plusSeconds(2) : null,
                  number % 7 == 0 ? any(WORDS) : null,
                  newestFirst,
                  after,
                  limit);
          yield cases -> cases.listEvidence(id, query);
        }
        case 25 -> {
          String content = any(WORDS) + " " + any(WORDS);
          EvidenceSourceType source = any(EvidenceSourceType.values());
          yield cases -> cases.updateEvidence(id, row, found -> evidence(found, content, source));
        }
        case 26 -> cases -> cases.getEvidence(id, row);
        case 27 -> {
          Set<HypothesisStatus> statuses =
              number < 50 ? Set.of() : Set.of(any(HypothesisStatus.values()));
          yield cases -> cases.listHypotheses(id, statuses);
        }
        case 28 -> {
          Set<SolutionStatus> statuses =
              number < 50 ? Set.of() : Set.of(any(SolutionStatus.values()));
          yield cases -> cases.listSolutions(id, statuses);
        }
        case 29 -> {
          ToolCallQuery query =
              new ToolCallQuery(
                  number % 2 == 0 ? "grep" : null,
                  number % 3 == 0 ? any(ToolCallStatus.values()) : null,
                  after,
                  limit);
          yield cases -> cases.listToolCalls(id, query);
        }
        case 30 -> {
          MessageQuery query =
              new MessageQuery(
                  number % 2 == 0 ? any(MessageType.values()) : null, newestFirst, after, limit);
          yield cases -> cases.getConversationThread(id, query);
        }
        case 31 -> {
          CaseQuery query =
              new CaseQuery(
                  owner,
                  number % 2 == 0 ? Set.of(any(CaseStatus.values())) : Set.of(),
                  number % 3 == 0 ? "tag" + number % 4 : null,
                  number % 5 == 0 ? NOW.plusSeconds(2) : null,
                  any(CaseQuery.Order.values()),
                  newestFirst,
                  after,
                  limit);
          yield cases -> cases.find(query);
        }
        case 32 ->
            number < 60
                ? cases -> cases.putUploadedFile(file(id, row, at))
                : cases -> cases.deleteUploadedFile(row);
        default ->
            number < 50 ? cases -> cases.listUploadedFiles(id) : cases -> cases.getTransitions(id);
      };
    }

    private Function<CaseRepository, Uni<?>> onCase(int kind, String id, Instant at) {
      int number = random.nextInt(100);
      Long version = random.nextBoolean() ? null : (long) random.nextInt(6);
      String tag = "tag" + random.nextInt(4);
      return switch (kind) {
        case 0, 1 -> {
          Case opened = Case.open(id, owner, "Title " + number, at).tags(Set.of(tag)).build();
          yield cases -> cases.save(opened);
        }
        case 2 ->
            cases ->
                cases
                    .get(id)
                    .chain(
                        found ->
                            found.isEmpty()
                                ? Uni.createFrom().item("none")
                                : cases.save(
                                    found.get().toBuilder()
                                        .title("Saved " + number)
                                        .version(number < 30 ? 1 : found.get().version())
                                        .build()));
        case 3 ->
            cases ->
                cases.update(
                    id,
                    version,
                    found -> found.toBuilder().description("D" + number).tags(Set.of(tag)).build());
        case 4, 5 -> {
          CaseStatus to = any(CaseStatus.values());
          StatusChange change =
              new StatusChange(
                  Ids.next(),
                  to,
                  to.isTerminal() ? any(ClosureReason.values()) : null,
                  "r",
                  "system",
                  NOW.plusSeconds(++statusChanges));
          yield cases -> cases.changeStatus(id, version, change);
        }
        case 6 -> number < 25 ? cases -> cases.delete(id) : cases -> cases.getHeader(id);
        case 7 -> cases -> cases.addTags(id, Set.of(tag, "more"));
        case 8 -> cases -> cases.setTags(id, Set.of(tag));
        case 9 -> cases -> cases.removeTag(id, tag);
        case 10 -> cases -> cases.countTags(owner);
        default ->
            number < 50
                ? cases -> cases.find(listed(number % 2 == 0, 1 + number / 20))
                : cases -> cases.listActive(owner);
      };
    }

    private CaseQuery listed(boolean newestFirst, int limit) {
      return new CaseQuery(
          owner, Set.of(), null, null, CaseQuery.Order.CREATED, newestFirst, null, limit);
    }

    private Function<CaseRepository, Uni<?>> onRow(int kind, String id, String row, Instant at) {
      return switch (kind) {
        case 12, 13 -> cases -> cases.addEvidence(List.of(evidence(id, row, at)));
        case 14 -> cases -> cases.deleteEvidence(id, row);
        case 15 -> {
          boolean newestFirst = random.nextBoolean();
          yield cases ->
              cases.listEvidence(
                  id, new EvidenceQuery(null, null, null, null, newestFirst, null, 3));
        }
        case 16 -> cases -> cases.addHypothesis(hypothesis(id, row, at));
        case 17 ->
            cases ->
                cases.updateHypothesis(
                    id,
                    row,
                    found -> found.addEvidenceLink(row, EvidenceRelationship.SUPPORTS, at));
        case 18 -> {
          List<HypothesisEvaluation> evaluations =
              rowIds.subList(0, 1 + random.nextInt(2)).stream()
                  .map(
                      other ->
                          new HypothesisEvaluation(
                              row.charAt(0) + other,
                              HypothesisStatus.TESTING,
                              EvidenceRelationship.NEUTRAL,
                              null))
                  .toList();
          yield cases -> cases.evaluateHypotheses(id, row, evaluations, at);
        }
        case 19 -> cases -> cases.addSolution(solution(id, row, at));
        case 20 -> {
          SolutionStatus to = any(SolutionStatus.values());
          yield cases -> cases.updateSolution(id, row, found -> found.withStatus(to, "x", at));
        }
        case 21 -> cases -> cases.addMessages(List.of(message(id, row, at)));
        case 22 -> {
          boolean newestFirst = random.nextBoolean();
          yield cases ->
              cases.getConversationThread(id, new MessageQuery(null, newestFirst, null, 3));
        }
        default ->
            random.nextBoolean()
                ? cases -> cases.addToolCall(toolCall(id, row, at))
                : cases ->
                    cases.finishToolCall(id, row, ToolCallStatus.FAILED, null, "timeout", at);
      };
    }

    private <T> T any(T[] values) {
      return values[random.nextInt(values.length)];
    }

    private static Evidence evidence(Evidence old, String content, EvidenceSourceType source) {
      return new Evidence(
          old.evidenceId(),
          old.caseId(),
          content,
          source,
          old.form(),
          old.rawArtifactS3Key(),
          content,
          old.classificationDimensions(),
          old.createdAt());
    }

    private static UploadedFile file(String caseId, String id, Instant at) {
      return new UploadedFile(
          id,
          caseId,
          "app.log",
          DataType.LOGS_AND_ERRORS,
          7,
          "artifacts/" + caseId + "/" + id + "/app.log",
          PreprocessingStatus.COMPLETED,
          "in short",
          at,
          at);
    }

    private static Evidence evidence(String caseId, String id, Instant at) {
      return new Evidence(
          id,
          caseId,
          "alpha",
          EvidenceSourceType.OTHER,
          EvidenceForm.USER_INPUT,
          null,
          null,
          null,
          at);
    }

    private static Hypothesis hypothesis(String caseId, String id, Instant at) {
      return new Hypothesis(
          id, caseId, "h", HypothesisStatus.EXPLORING, null, null, List.of(), at, at);
    }

    /** Follows from the hypothesis with the same id, which may not be there. */
    private static Solution solution(String caseId, String id, Instant at) {
      return new Solution(
          id,
          caseId,
          "s",
          SolutionCategory.FIX,
          SolutionStatus.PROPOSED,
          id,
          List.of("one"),
          List.of(),
          null,
          at,
          null);
    }

    private static CaseMessage message(String caseId, String id, Instant at) {
      return new CaseMessage(id, caseId, MessageType.USER_QUERY, MessageRole.USER, "m", null, at);
    }

    private static ToolCall toolCall(String caseId, String id, Instant at) {
      return new ToolCall(
          id,
          caseId,
          "grep",
          JsonNodeFactory.instance.objectNode(),
          null,
          ToolCallStatus.PENDING,
          null,
          at,
          null);
    }
  }
}
