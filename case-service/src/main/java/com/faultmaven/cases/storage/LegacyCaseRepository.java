package com.faultmaven.cases.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.cases.domain.legacy.Flaw;
import com.faultmaven.cases.domain.legacy.LegacyCase;
import com.faultmaven.cases.domain.legacy.LegacyCaseRefused;
import com.faultmaven.cases.domain.legacy.LegacyCases;
import com.faultmaven.cases.domain.legacy.LegacyStore;
import com.faultmaven.cases.domain.legacy.LegacyStore.Keys;
import com.faultmaven.cases.domain.legacy.OffLoop;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
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
import com.faultmaven.common.repository.MessageQuery;
import com.faultmaven.common.repository.ToolCallQuery;
import com.faultmaven.common.repository.memory.InMemoryCaseRepository;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Cases straight from the previous layout, to read (specification, appendix B.2). What one case
 * answers costs one read in Redis; lists and searches read every case, as that layout has no index.
 * Cases that break rules of the model are left out of lists, and cannot be loaded. Every write
 * fails with {@link Problem} 409 {@code read-only-backend}.
 */
final class LegacyCaseRepository implements CaseRepository {
  private static final Logger LOG = Logger.getLogger(LegacyCaseRepository.class);
  private static final int HEADERS = 100;

  /** Most hits of one case: itself. */
  private static final PageRequest ONE = new PageRequest(1, 0);

  private final LegacyStore redis;
  private final OffLoop offLoop;
  private final String pattern;
  private final String prefix;

  /**
   * The cases of a Redis.
   *
   * @param pattern their keys, for example {@code case:*}; what stands before the first wildcard
   *     begins each key
   */
  LegacyCaseRepository(LegacyStore redis, OffLoop offLoop, String pattern) {
    this.redis = redis;
    this.offLoop = offLoop;
    this.pattern = pattern;
    String fixed = pattern.split("[*?\\[]", 2)[0];
    this.prefix = fixed.substring(0, fixed.lastIndexOf(':') + 1);
  }

  @Override
  public Uni<Optional<Case>> get(String caseId) {
    return inCase(caseId, cases -> cases.get(caseId));
  }

  @Override
  public Uni<Optional<Case>> getHeader(String caseId) {
    return inCase(caseId, cases -> cases.getHeader(caseId));
  }

  @Override
  public Uni<List<Case>> listActive(String userId) {
    return best(cases -> cases.listActive(userId));
  }

  @Override
  public Uni<List<Case>> find(CaseQuery query) {
    return best(cases -> cases.find(query));
  }

  @Override
  public Uni<Page<CaseHit>> search(CaseSearch asked) {
    CaseSearch one =
        new CaseSearch(asked.text(), asked.userId(), asked.statuses(), asked.tag(), ONE);
    return all()
        .onItem()
        .transformToUniAndConcatenate(
            found -> InMemoryCaseRepository.holding(List.of(found)).search(one))
        .onItem()
        .transformToIterable(Page::items)
        .collect()
        .asList()
        .map(
            hits ->
                Page.of(
                    hits.stream()
                        .sorted(
                            Comparator.comparingDouble(CaseHit::score)
                                .reversed()
                                .thenComparing(hit -> hit.found().caseId()))
                        .skip(asked.page().offset())
                        .limit(asked.page().limit())
                        .toList(),
                    hits.size(),
                    asked.page()));
  }

  @Override
  public Uni<List<StatusTransition>> getTransitions(String caseId) {
    return inCase(caseId, cases -> cases.getTransitions(caseId));
  }

  @Override
  public Uni<Set<String>> getTags(String caseId) {
    return inCase(caseId, cases -> cases.getTags(caseId));
  }

  @Override
  public Uni<Map<String, Long>> countTags(String userId) {
    return all()
        .filter(found -> found.userId().equals(userId))
        .collect()
        .in(
            TreeMap<String, Long>::new,
            (counts, found) -> found.tags().forEach(tag -> counts.merge(tag, 1L, Long::sum)))
        .map(counts -> counts);
  }

  @Override
  public Uni<Optional<Evidence>> getEvidence(String caseId, String evidenceId) {
    return inCase(caseId, cases -> cases.getEvidence(caseId, evidenceId));
  }

  @Override
  public Uni<List<Evidence>> listEvidence(String caseId, EvidenceQuery query) {
    return inCase(caseId, cases -> cases.listEvidence(caseId, query));
  }

  @Override
  public Uni<Optional<Hypothesis>> getHypothesis(String caseId, String hypothesisId) {
    return inCase(caseId, cases -> cases.getHypothesis(caseId, hypothesisId));
  }

  @Override
  public Uni<List<Hypothesis>> listHypotheses(String caseId, Set<HypothesisStatus> statuses) {
    return inCase(caseId, cases -> cases.listHypotheses(caseId, statuses));
  }

  @Override
  public Uni<Optional<Solution>> getSolution(String caseId, String solutionId) {
    return inCase(caseId, cases -> cases.getSolution(caseId, solutionId));
  }

  @Override
  public Uni<List<Solution>> listSolutions(String caseId, Set<SolutionStatus> statuses) {
    return inCase(caseId, cases -> cases.listSolutions(caseId, statuses));
  }

  @Override
  public Uni<List<CaseMessage>> getConversationThread(String caseId, MessageQuery query) {
    return inCase(caseId, cases -> cases.getConversationThread(caseId, query));
  }

  @Override
  public Uni<List<ToolCall>> listToolCalls(String caseId, ToolCallQuery query) {
    return inCase(caseId, cases -> cases.listToolCalls(caseId, query));
  }

  @Override
  public Uni<Optional<UploadedFile>> getUploadedFile(String fileId) {
    return all()
        .onItem()
        .transformToIterable(Case::uploadedFiles)
        .filter(file -> file.fileId().equals(fileId))
        .toUni()
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<List<UploadedFile>> listUploadedFiles(String caseId) {
    return inCase(caseId, cases -> cases.listUploadedFiles(caseId));
  }

  /** Asks a repository that holds this case alone, or nothing when there is no such case. */
  private <T> Uni<T> inCase(String caseId, Function<CaseRepository, Uni<T>> question) {
    return load(prefix + caseId)
        .onFailure(LegacyCaseRefused.class)
        .transform(failure -> unreadable(((LegacyCaseRefused) failure).flaws().getFirst()))
        .map(found -> InMemoryCaseRepository.holding(found.stream().toList()))
        .flatMap(cases -> question.apply(cases));
  }

  private static Problem unreadable(Flaw flaw) {
    return Problem.conflict(
        "legacy-case-refused",
        "This case of the previous layout cannot be read: %s %s."
            .formatted(flaw.field().isEmpty() ? "it" : flaw.field(), flaw.reason()));
  }

  private Uni<Optional<Case>> load(String key) {
    if (!LegacyStore.owner(key).equals(key)) {
      return Uni.createFrom().item(Optional.empty());
    }
    return redis
        .read(key)
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : offLoop
                        .run(() -> LegacyCases.read(found.get()))
                        .map(read -> Optional.of(read).map(LegacyCase::value)));
  }

  /** The headers that a list asks for, out of those of all cases, a bounded number at a time. */
  private Uni<List<Case>> best(Function<CaseRepository, Uni<List<Case>>> list) {
    List<Case> best = new ArrayList<>();
    return all()
        .map(Case::header)
        .group()
        .intoLists()
        .of(HEADERS)
        .onItem()
        .transformToUniAndConcatenate(
            page -> {
              best.addAll(page);
              return list.apply(InMemoryCaseRepository.holding(best))
                  .invoke(
                      found -> {
                        best.clear();
                        best.addAll(found);
                      });
            })
        .collect()
        .last()
        .map(last -> List.copyOf(best));
  }

  /** Every case once, one after the other. */
  private Multi<Case> all() {
    return Multi.createFrom()
        .deferred(
            () -> {
              Set<String> seen = new HashSet<>();
              return redis
                  .scanAll(pattern)
                  .onItem()
                  .transformToIterable(Keys::keys)
                  .filter(seen::add)
                  .onItem()
                  .transformToUniAndConcatenate(this::loadOrPass)
                  .onItem()
                  .transformToIterable(found -> found.stream().toList());
            });
  }

  private Uni<Optional<Case>> loadOrPass(String key) {
    return load(key)
        .onFailure(LegacyCaseRefused.class)
        .recoverWithItem(
            failure -> {
              LOG.warnf("%s is left out: %s", key, failure.getMessage());
              return Optional.empty();
            });
  }

  private static <T> Uni<T> readOnly() {
    return Uni.createFrom()
        .failure(
            () ->
                Problem.conflict(
                    "read-only-backend",
                    "Cases are served from the previous layout, which is only read; they can be"
                        + " changed again when they have been imported."));
  }

  @Override
  public Uni<Case> save(Case changed) {
    return readOnly();
  }

  @Override
  public Uni<Optional<Case>> update(
      String caseId, @Nullable Long expectedVersion, UnaryOperator<Case> change) {
    return readOnly();
  }

  @Override
  public Uni<Optional<Case>> changeStatus(
      String caseId, @Nullable Long expectedVersion, StatusChange change) {
    return readOnly();
  }

  @Override
  public Uni<Boolean> delete(String caseId) {
    return readOnly();
  }

  @Override
  public Uni<Set<String>> addTags(String caseId, Set<String> tags) {
    return readOnly();
  }

  @Override
  public Uni<Set<String>> setTags(String caseId, Set<String> tags) {
    return readOnly();
  }

  @Override
  public Uni<Boolean> removeTag(String caseId, String tag) {
    return readOnly();
  }

  @Override
  public Uni<Void> addEvidence(List<Evidence> evidence) {
    return readOnly();
  }

  @Override
  public Uni<Optional<Evidence>> updateEvidence(
      String caseId, String evidenceId, UnaryOperator<Evidence> change) {
    return readOnly();
  }

  @Override
  public Uni<Boolean> deleteEvidence(String caseId, String evidenceId) {
    return readOnly();
  }

  @Override
  public Uni<Void> addHypothesis(Hypothesis hypothesis) {
    return readOnly();
  }

  @Override
  public Uni<Optional<Hypothesis>> updateHypothesis(
      String caseId, String hypothesisId, UnaryOperator<Hypothesis> change) {
    return readOnly();
  }

  @Override
  public Uni<List<Hypothesis>> evaluateHypotheses(
      String caseId, String evidenceId, List<HypothesisEvaluation> evaluations, Instant at) {
    return readOnly();
  }

  @Override
  public Uni<Void> addSolution(Solution solution) {
    return readOnly();
  }

  @Override
  public Uni<Optional<Solution>> updateSolution(
      String caseId, String solutionId, UnaryOperator<Solution> change) {
    return readOnly();
  }

  @Override
  public Uni<Void> addMessages(List<CaseMessage> messages) {
    return readOnly();
  }

  @Override
  public Uni<Void> addToolCall(ToolCall call) {
    return readOnly();
  }

  @Override
  public Uni<Optional<ToolCall>> finishToolCall(
      String caseId,
      String callId,
      ToolCallStatus status,
      @Nullable JsonNode output,
      @Nullable String error,
      Instant at) {
    return readOnly();
  }

  @Override
  public Uni<Void> putUploadedFile(UploadedFile file) {
    return readOnly();
  }

  @Override
  public Uni<Boolean> deleteUploadedFile(String fileId) {
    return readOnly();
  }
}
