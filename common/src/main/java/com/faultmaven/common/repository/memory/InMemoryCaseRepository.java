package com.faultmaven.common.repository.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.HypothesisEvaluation;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionStatus;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.model.cases.StatusTransition;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.repository.CaseHit;
import com.faultmaven.common.repository.CaseQuery;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.CaseSearch;
import com.faultmaven.common.repository.EvidenceQuery;
import com.faultmaven.common.repository.Limits;
import com.faultmaven.common.repository.MessageQuery;
import com.faultmaven.common.repository.MissingRowException;
import com.faultmaven.common.repository.ToolCallQuery;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.Page;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Cases in the memory of this process; one lock, so every call is one step. */
public final class InMemoryCaseRepository implements CaseRepository {
  private final CaseShelf shelf = new CaseShelf();

  /** A repository that holds the cases with all their rows; one of version 0 gets version 1. */
  public static InMemoryCaseRepository holding(Collection<Case> cases) {
    InMemoryCaseRepository repository = new InMemoryCaseRepository();
    cases.forEach(
        given ->
            repository.shelf.put(
                CaseTable.inOrder(
                    given.version() > 0 ? given : given.toBuilder().version(1).build())));
    return repository;
  }

  @Override
  public Uni<Case> save(Case changed) {
    return step(() -> shelf.save(changed));
  }

  @Override
  public Uni<Optional<Case>> get(String caseId) {
    return step(() -> shelf.find(caseId));
  }

  @Override
  public Uni<Optional<Case>> getHeader(String caseId) {
    return step(() -> shelf.find(caseId).map(Case::header));
  }

  @Override
  public Uni<Optional<Case>> update(
      String caseId, @Nullable Long expectedVersion, UnaryOperator<Case> change) {
    return step(() -> shelf.updateHeader(caseId, expectedVersion, change));
  }

  @Override
  public Uni<Optional<Case>> changeStatus(
      String caseId, @Nullable Long expectedVersion, StatusChange change) {
    return step(() -> shelf.changeStatus(caseId, expectedVersion, change));
  }

  @Override
  public Uni<Boolean> delete(String caseId) {
    return step(() -> shelf.remove(caseId));
  }

  @Override
  public Uni<List<Case>> listActive(String userId) {
    return step(
        () ->
            shelf.all(found -> found.userId().equals(userId) && found.archivedAt() == null).stream()
                .filter(found -> !found.status().isTerminal())
                .sorted(CaseTable.by(Case::createdAt, Case::caseId).reversed())
                .limit(Limits.MAX - 1)
                .map(Case::header)
                .toList());
  }

  @Override
  public Uni<List<Case>> find(CaseQuery query) {
    Function<Case, Instant> time =
        query.order() == CaseQuery.Order.CREATED ? Case::createdAt : Case::updatedAt;
    Instant since = query.since();
    return step(
        () ->
            shelf.all(candidates(query.userId(), query.statuses(), query.tag())).stream()
                .filter(found -> since == null || !time.apply(found).isBefore(since))
                .filter(beyond(query.after(), query.newestFirst(), time, Case::caseId))
                .sorted(
                    query.newestFirst()
                        ? CaseTable.by(time, Case::caseId).reversed()
                        : CaseTable.by(time, Case::caseId))
                .limit(query.limit())
                .map(Case::header)
                .toList());
  }

  @Override
  public Uni<Page<CaseHit>> search(CaseSearch search) {
    CaseWords words = new CaseWords(search.text());
    return step(
        () -> {
          List<CaseHit> hits =
              shelf.all(candidates(search.userId(), search.statuses(), search.tag())).stream()
                  .flatMap(found -> words.hit(found).stream())
                  .sorted(
                      Comparator.comparingDouble(CaseHit::score)
                          .reversed()
                          .thenComparing(hit -> hit.found().caseId()))
                  .toList();
          return Page.of(
              hits.stream().skip(search.page().offset()).limit(search.page().limit()).toList(),
              hits.size(),
              search.page());
        });
  }

  @Override
  public Uni<List<StatusTransition>> getTransitions(String caseId) {
    return step(() -> rows(CaseTable.TRANSITIONS, caseId));
  }

  @Override
  public Uni<Set<String>> getTags(String caseId) {
    return step(() -> shelf.find(caseId).map(Case::tags).orElse(Set.of()));
  }

  @Override
  public Uni<Set<String>> addTags(String caseId, Set<String> tags) {
    return step(
        () -> {
          Set<String> all = new HashSet<>(shelf.require(caseId).tags());
          all.addAll(tags);
          return tag(caseId, all);
        });
  }

  @Override
  public Uni<Set<String>> setTags(String caseId, Set<String> tags) {
    return step(() -> tag(caseId, tags));
  }

  @Override
  public Uni<Boolean> removeTag(String caseId, String tag) {
    return step(
        () -> {
          Set<String> rest = new HashSet<>(shelf.find(caseId).map(Case::tags).orElse(Set.of()));
          boolean removed = rest.remove(tag);
          if (removed) {
            tag(caseId, rest);
          }
          return removed;
        });
  }

  @Override
  public Uni<Map<String, Long>> countTags(String userId) {
    return step(
        () ->
            shelf.all(found -> found.userId().equals(userId)).stream()
                .flatMap(found -> found.tags().stream())
                .collect(
                    Collectors.groupingBy(
                        Function.identity(), TreeMap::new, Collectors.counting())));
  }

  @Override
  public Uni<Void> addEvidence(List<Evidence> evidence) {
    return step(() -> shelf.insert(CaseTable.EVIDENCE, Evidence::caseId, evidence))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Evidence>> getEvidence(String caseId, String evidenceId) {
    return step(() -> shelf.find(CaseTable.EVIDENCE, caseId, evidenceId));
  }

  @Override
  public Uni<List<Evidence>> listEvidence(String caseId, EvidenceQuery query) {
    Instant since = query.since();
    String text = query.text();
    CaseWords words = text == null ? null : new CaseWords(text);
    return step(
        () ->
            ordered(rows(CaseTable.EVIDENCE, caseId), !query.newestFirst()).stream()
                .filter(
                    piece -> query.sourceType() == null || piece.sourceType() == query.sourceType())
                .filter(piece -> query.form() == null || piece.form() == query.form())
                .filter(piece -> since == null || !piece.createdAt().isBefore(since))
                .filter(piece -> words == null || words.allIn(piece))
                .filter(
                    beyond(
                        query.after(),
                        query.newestFirst(),
                        Evidence::createdAt,
                        Evidence::evidenceId))
                .limit(query.limit())
                .toList());
  }

  @Override
  public Uni<Optional<Evidence>> updateEvidence(
      String caseId, String evidenceId, UnaryOperator<Evidence> change) {
    return step(() -> shelf.update(CaseTable.EVIDENCE, caseId, evidenceId, change));
  }

  @Override
  public Uni<Boolean> deleteEvidence(String caseId, String evidenceId) {
    return step(() -> shelf.removeEvidence(caseId, evidenceId));
  }

  @Override
  public Uni<Void> addHypothesis(Hypothesis hypothesis) {
    return step(() -> shelf.insert(CaseTable.HYPOTHESES, Hypothesis::caseId, List.of(hypothesis)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Hypothesis>> getHypothesis(String caseId, String hypothesisId) {
    return step(() -> shelf.find(CaseTable.HYPOTHESES, caseId, hypothesisId));
  }

  @Override
  public Uni<List<Hypothesis>> listHypotheses(String caseId, Set<HypothesisStatus> statuses) {
    return step(
        () ->
            rows(CaseTable.HYPOTHESES, caseId).stream()
                .filter(row -> statuses.isEmpty() || statuses.contains(row.status()))
                .toList());
  }

  @Override
  public Uni<Optional<Hypothesis>> updateHypothesis(
      String caseId, String hypothesisId, UnaryOperator<Hypothesis> change) {
    return step(() -> shelf.update(CaseTable.HYPOTHESES, caseId, hypothesisId, change));
  }

  @Override
  public Uni<List<Hypothesis>> evaluateHypotheses(
      String caseId, String evidenceId, List<HypothesisEvaluation> evaluations, Instant at) {
    return step(
        () -> {
          Case changed = shelf.require(caseId);
          if (CaseTable.EVIDENCE.find(changed, evidenceId).isEmpty()) {
            throw new MissingRowException("evidence", evidenceId);
          }
          List<Hypothesis> evaluated = new ArrayList<>();
          for (HypothesisEvaluation evaluation : evaluations) {
            String id = evaluation.hypothesisId();
            Hypothesis next =
                CaseTable.HYPOTHESES
                    .find(changed, id)
                    .orElseThrow(() -> new MissingRowException("hypothesis", id))
                    .addEvidenceLink(evidenceId, evaluation.relationship(), at)
                    .withStatus(evaluation.status(), evaluation.reasoning(), at);
            changed = CaseTable.HYPOTHESES.put(changed, next);
            evaluated.add(next);
          }
          shelf.put(changed);
          return evaluated;
        });
  }

  @Override
  public Uni<Void> addSolution(Solution solution) {
    return step(() -> shelf.insert(CaseTable.SOLUTIONS, Solution::caseId, List.of(solution)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Solution>> getSolution(String caseId, String solutionId) {
    return step(() -> shelf.find(CaseTable.SOLUTIONS, caseId, solutionId));
  }

  @Override
  public Uni<List<Solution>> listSolutions(String caseId, Set<SolutionStatus> statuses) {
    return step(
        () ->
            rows(CaseTable.SOLUTIONS, caseId).stream()
                .filter(row -> statuses.isEmpty() || statuses.contains(row.status()))
                .toList());
  }

  @Override
  public Uni<Optional<Solution>> updateSolution(
      String caseId, String solutionId, UnaryOperator<Solution> change) {
    return step(() -> shelf.update(CaseTable.SOLUTIONS, caseId, solutionId, change));
  }

  @Override
  public Uni<Void> addMessages(List<CaseMessage> messages) {
    return step(() -> shelf.insert(CaseTable.MESSAGES, CaseMessage::caseId, messages))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<CaseMessage>> getConversationThread(String caseId, MessageQuery query) {
    return step(
        () ->
            ordered(rows(CaseTable.MESSAGES, caseId), query.newestFirst()).stream()
                .filter(row -> query.type() == null || row.messageType() == query.type())
                .filter(
                    beyond(
                        query.after(),
                        query.newestFirst(),
                        CaseMessage::createdAt,
                        CaseMessage::messageId))
                .limit(query.limit())
                .toList());
  }

  @Override
  public Uni<Void> addToolCall(ToolCall call) {
    return step(() -> shelf.insert(CaseTable.TOOL_CALLS, ToolCall::caseId, List.of(call)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<ToolCall>> finishToolCall(
      String caseId,
      String callId,
      ToolCallStatus status,
      @Nullable JsonNode output,
      @Nullable String error,
      Instant at) {
    return step(
        () ->
            shelf.update(
                CaseTable.TOOL_CALLS,
                caseId,
                callId,
                call -> call.finish(status, output, error, at)));
  }

  @Override
  public Uni<List<ToolCall>> listToolCalls(String caseId, ToolCallQuery query) {
    return step(
        () ->
            rows(CaseTable.TOOL_CALLS, caseId).stream()
                .filter(
                    call -> query.toolName() == null || call.toolName().equals(query.toolName()))
                .filter(call -> query.status() == null || call.status() == query.status())
                .filter(beyond(query.after(), true, ToolCall::calledAt, ToolCall::callId))
                .limit(query.limit())
                .toList());
  }

  @Override
  public Uni<Void> putUploadedFile(UploadedFile file) {
    return step(() -> shelf.put(CaseTable.FILES.put(shelf.require(file.caseId()), file)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<UploadedFile>> getUploadedFile(String fileId) {
    return step(
        () ->
            shelf.all(found -> true).stream()
                .flatMap(found -> CaseTable.FILES.find(found, fileId).stream())
                .findFirst());
  }

  @Override
  public Uni<List<UploadedFile>> listUploadedFiles(String caseId) {
    return step(() -> rows(CaseTable.FILES, caseId));
  }

  @Override
  public Uni<Boolean> deleteUploadedFile(String fileId) {
    return step(
        () -> {
          Optional<Case> holder =
              shelf.all(found -> CaseTable.FILES.find(found, fileId).isPresent()).stream()
                  .findFirst();
          holder.ifPresent(found -> shelf.put(CaseTable.FILES.remove(found, fileId)));
          return holder.isPresent();
        });
  }

  private Set<String> tag(String caseId, Set<String> tags) {
    return shelf.put(shelf.require(caseId).toBuilder().tags(tags).build()).tags();
  }

  private <R> List<R> rows(CaseTable<R> table, String caseId) {
    return shelf.find(caseId).map(table.read()).orElse(List.of());
  }

  private static Predicate<Case> candidates(
      @Nullable String userId, Set<CaseStatus> statuses, @Nullable String tag) {
    return found ->
        (userId == null || found.userId().equals(userId))
            && (statuses.isEmpty() || statuses.contains(found.status()))
            && (tag == null || found.tags().contains(tag));
  }

  /** Rows that come after the cursor. */
  private static <R> Predicate<R> beyond(
      @Nullable Cursor after,
      boolean newestFirst,
      Function<R, Instant> time,
      Function<R, String> id) {
    Comparator<Cursor> oldestFirst = CaseTable.by(Cursor::time, Cursor::id);
    Comparator<Cursor> order = newestFirst ? oldestFirst.reversed() : oldestFirst;
    return row ->
        after == null || order.compare(new Cursor(time.apply(row), id.apply(row)), after) > 0;
  }

  private static <R> List<R> ordered(List<R> rows, boolean reversed) {
    return reversed ? rows.reversed() : rows;
  }

  private <T> Uni<T> step(Supplier<T> work) {
    return Uni.createFrom()
        .item(
            () -> {
              synchronized (shelf) {
                return work.get();
              }
            });
  }
}
