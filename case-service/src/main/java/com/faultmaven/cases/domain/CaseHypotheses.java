package com.faultmaven.cases.domain;

import com.faultmaven.cases.domain.CaseChanges.Creation;
import com.faultmaven.common.event.HypothesisStatusChanged;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.model.cases.EvidenceLink;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.HypothesisEvaluation;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.repository.MissingRowException;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The hypotheses of a case (specification 3.2; 6.3, pattern 4). */
@ApplicationScoped
public class CaseHypotheses {
  private static final String RESOURCE = "case.hypotheses";

  private final CaseStore store;
  private final CaseAccess access;
  private final CaseChanges changes;
  private final Outbox outbox;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public CaseHypotheses(
      CaseStore store, CaseAccess access, CaseChanges changes, Outbox outbox, Clock clock) {
    this.store = store;
    this.access = access;
    this.changes = changes;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Path of a case's hypotheses. */
  public static String path(String caseId) {
    return Cases.path(caseId) + "/hypotheses";
  }

  /** Puts up a hypothesis; fails with {@link MissingRowException} when it links no evidence. */
  public Uni<Created<Hypothesis>> add(
      Actor actor, String caseId, Hypothesis hypothesis, Once once) {
    String location = path(caseId) + "/" + hypothesis.hypothesisId();
    return changes.create(
        actor,
        new Creation<>(caseId, RESOURCE, path(caseId), Hypothesis.class, once),
        (tx, seen) ->
            lockEvidence(tx, actor, caseId, hypothesis.evidenceLinks())
                .chain(() -> store.in(tx, Scope.of(actor)).addHypothesis(hypothesis))
                .replaceWith(Created.now(location, hypothesis)));
  }

  /** Hypotheses of a case, oldest first; an empty set of statuses asks for all. */
  public Uni<List<ShownRow>> list(Actor actor, String caseId, Set<HypothesisStatus> statuses) {
    return access.shown(actor, caseId, RESOURCE, rows -> rows.hypotheses(caseId, statuses));
  }

  /** One hypothesis. */
  public Uni<Hypothesis> get(Actor actor, String caseId, String hypothesisId) {
    return access
        .rows(actor, caseId, RESOURCE, cases -> cases.getHypothesis(caseId, hypothesisId))
        .map(CaseHypotheses::present);
  }

  /** Changes one hypothesis. */
  public Uni<Hypothesis> change(
      Actor actor, String caseId, String hypothesisId, UnaryOperator<Hypothesis> change) {
    return changes.change(
        actor,
        caseId,
        RESOURCE,
        (tx, seen) -> {
          AtomicReference<@Nullable HypothesisStatus> before = new AtomicReference<>();
          return store
              .in(tx, Scope.of(actor))
              .updateHypothesis(
                  caseId,
                  hypothesisId,
                  stored -> {
                    before.set(stored.status());
                    return change.apply(stored);
                  })
              .map(CaseHypotheses::present)
              .call(changed -> announce(tx, seen, before.get(), changed));
        });
  }

  /**
   * Links a piece of evidence to a hypothesis; an older link to the same evidence gives way. Fails
   * with {@link MissingRowException} when the case has no such evidence.
   */
  public Uni<Hypothesis> link(Actor actor, String caseId, String hypothesisId, EvidenceLink link) {
    Instant now = clock.instant();
    UnaryOperator<Hypothesis> change =
        hypothesis -> hypothesis.addEvidenceLink(link.evidenceId(), link.relationship(), now);
    return changes
        .change(
            actor,
            caseId,
            RESOURCE,
            (tx, seen) ->
                lockEvidence(tx, actor, caseId, List.of(link))
                    .chain(
                        () ->
                            store
                                .in(tx, Scope.of(actor))
                                .updateHypothesis(caseId, hypothesisId, change)))
        .map(CaseHypotheses::present);
  }

  /** Evaluates several hypotheses in the light of one piece of evidence, all or nothing. */
  public Uni<List<Hypothesis>> evaluate(
      Actor actor, String caseId, String evidenceId, List<HypothesisEvaluation> evaluations) {
    return changes.change(
        actor, caseId, RESOURCE, (tx, seen) -> evaluate(tx, actor, seen, evidenceId, evaluations));
  }

  private Uni<List<Hypothesis>> evaluate(
      SqlConnection tx,
      Actor actor,
      CaseHead owner,
      String evidenceId,
      List<HypothesisEvaluation> evaluations) {
    String caseId = owner.caseId();
    Scope scope = Scope.of(actor);
    Set<String> ids =
        evaluations.stream().map(HypothesisEvaluation::hypothesisId).collect(Collectors.toSet());
    // Evidence before hypotheses, as who deletes it locks them: neither waits for the other.
    return store
        .lockEvidence(tx, scope, caseId, Set.of(evidenceId))
        .chain(() -> store.lockHypotheses(tx, scope, caseId, ids))
        .flatMap(
            before ->
                store
                    .in(tx, scope)
                    .evaluateHypotheses(caseId, evidenceId, evaluations, clock.instant())
                    .call(changed -> announceAll(tx, owner, before, changed)));
  }

  /** Each hypothesis as it is after the last of its evaluations. */
  private Uni<Void> announceAll(
      SqlConnection tx, CaseHead owner, List<Hypothesis> before, List<Hypothesis> evaluated) {
    Map<String, Hypothesis> after = new LinkedHashMap<>();
    evaluated.forEach(changed -> after.put(changed.hypothesisId(), changed));
    return Multi.createFrom()
        .iterable(before)
        .onItem()
        .transformToUniAndConcatenate(
            stored ->
                announce(
                    tx, owner, stored.status(), after.getOrDefault(stored.hypothesisId(), stored)))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> announce(
      SqlConnection tx, CaseHead owner, @Nullable HypothesisStatus before, Hypothesis changed) {
    return before == null || before == changed.status()
        ? Uni.createFrom().voidItem()
        : outbox.append(
            tx,
            new HypothesisStatusChanged(
                owner.caseId(),
                owner.userId(),
                changed.hypothesisId(),
                before,
                changed.status(),
                changed.updatedAt()));
  }

  private static Hypothesis present(Optional<Hypothesis> found) {
    return found.orElseThrow(() -> Problem.notFound("hypothesis"));
  }

  /** What is linked is evidence of the case, and stays so until the transaction ends. */
  private Uni<Void> lockEvidence(
      SqlConnection tx, Actor actor, String caseId, List<EvidenceLink> links) {
    Set<String> linked = links.stream().map(EvidenceLink::evidenceId).collect(Collectors.toSet());
    return linked.isEmpty()
        ? Uni.createFrom().voidItem()
        : store
            .lockEvidence(tx, Scope.of(actor), caseId, linked)
            .invoke(
                found ->
                    links.stream()
                        .map(EvidenceLink::evidenceId)
                        .filter(id -> !found.contains(id))
                        .findFirst()
                        .ifPresent(
                            missing -> {
                              throw new MissingRowException("evidence", missing);
                            }))
            .replaceWithVoid();
  }
}
