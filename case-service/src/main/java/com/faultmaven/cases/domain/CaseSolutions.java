package com.faultmaven.cases.domain;

import com.faultmaven.cases.domain.RowAdditions.Addition;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.SolutionApplied;
import com.faultmaven.common.model.cases.InvalidStatusTransitionException;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionStatus;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.MissingRowException;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The solutions of a case (specification 3.2). */
@ApplicationScoped
public class CaseSolutions {
  private static final String RESOURCE = "case.solutions";

  private final CaseStore store;
  private final CaseAccess access;
  private final CaseChanges changes;
  private final RowAdditions additions;
  private final Outbox outbox;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public CaseSolutions(
      CaseStore store,
      CaseAccess access,
      CaseChanges changes,
      RowAdditions additions,
      Outbox outbox,
      Clock clock) {
    this.store = store;
    this.access = access;
    this.changes = changes;
    this.additions = additions;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Path of a case's solutions. */
  public static String path(String caseId) {
    return Cases.path(caseId) + "/solutions";
  }

  /**
   * Proposes a solution; fails with {@link MissingRowException} when the hypothesis that it is
   * linked to is not one of the case.
   */
  public Uni<Created<Solution>> add(Actor actor, String caseId, Solution solution, Once once) {
    String location = path(caseId) + "/" + solution.solutionId();
    return additions.add(
        actor,
        new Addition<>(
            caseId,
            RESOURCE,
            path(caseId),
            Solution.class,
            Created.now(location, solution),
            cases -> cases.addSolution(solution)),
        once);
  }

  /** Solutions of a case, oldest first; an empty set of statuses asks for all. */
  public Uni<List<Solution>> list(Actor actor, String caseId, Set<SolutionStatus> statuses) {
    return access.rows(actor, caseId, RESOURCE, cases -> cases.listSolutions(caseId, statuses));
  }

  /** One solution. */
  public Uni<Solution> get(Actor actor, String caseId, String solutionId) {
    return access
        .rows(actor, caseId, RESOURCE, cases -> cases.getSolution(caseId, solutionId))
        .map(CaseSolutions::present);
  }

  /**
   * Changes one solution.
   *
   * @param linkedHypothesisId a hypothesis that the change links, null when it links none; fails
   *     with {@link MissingRowException} when it is not one of the case
   * @return fails with {@link InvalidStatusTransitionException} when the status machine forbids it
   */
  public Uni<Solution> change(
      Actor actor,
      String caseId,
      String solutionId,
      @Nullable String linkedHypothesisId,
      UnaryOperator<Solution> change) {
    return changes.change(
        actor,
        caseId,
        RESOURCE,
        (tx, seen) -> {
          AtomicReference<@Nullable SolutionStatus> before = new AtomicReference<>();
          CaseRepository cases = store.in(tx, Scope.of(actor));
          return checkHypothesis(cases, caseId, linkedHypothesisId)
              .chain(
                  () ->
                      cases.updateSolution(
                          caseId,
                          solutionId,
                          stored -> {
                            before.set(stored.status());
                            return change.apply(stored);
                          }))
              .map(CaseSolutions::present)
              .call(changed -> announce(tx, seen, before.get(), changed));
        });
  }

  private Uni<Void> announce(
      SqlConnection tx, CaseHead owner, @Nullable SolutionStatus before, Solution changed) {
    return before == changed.status() || changed.status() != SolutionStatus.APPLIED
        ? Uni.createFrom().voidItem()
        : outbox.append(
            tx,
            new SolutionApplied(
                owner.caseId(), owner.userId(), changed.solutionId(), clock.instant()));
  }

  private static Uni<Void> checkHypothesis(
      CaseRepository cases, String caseId, @Nullable String hypothesisId) {
    if (hypothesisId == null) {
      return Uni.createFrom().voidItem();
    }
    return cases
        .getHypothesis(caseId, hypothesisId)
        .map(found -> found.orElseThrow(() -> new MissingRowException("hypothesis", hypothesisId)))
        .replaceWithVoid();
  }

  private static Solution present(Optional<Solution> found) {
    return found.orElseThrow(() -> Problem.notFound("solution"));
  }
}
