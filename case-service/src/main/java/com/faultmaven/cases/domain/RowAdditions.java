package com.faultmaven.cases.domain;

import com.faultmaven.cases.domain.CaseChanges.Creation;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;

/** Adds rows to a case of which no other service is told. */
@ApplicationScoped
public class RowAdditions {
  private final CaseStore store;
  private final CaseChanges changes;

  /** Wires the bean. */
  @Inject
  public RowAdditions(CaseStore store, CaseChanges changes) {
    this.store = store;
    this.changes = changes;
  }

  /**
   * What is added.
   *
   * @param caseId to which case
   * @param resource what is changed of it, for the access log, for example {@code case.messages}
   * @param path of the request
   * @param type class of the answer's body
   * @param made the answer
   * @param add adds the rows, which are of one kind
   */
  record Addition<T>(
      String caseId,
      String resource,
      String path,
      Class<T> type,
      Created<T> made,
      Function<CaseRepository, Uni<Void>> add) {}

  /**
   * Adds rows, all or nothing.
   *
   * @param once how the request may be repeated
   * @return the answer; fails with {@link Problem} as {@link CaseAccess#changeable} does
   */
  <T> Uni<Created<T>> add(Actor actor, Addition<T> addition, Once once) {
    return once.key() == null && actor.mayChangeCasesOf(actor.userId())
        ? store
            .addToOwn(Scope.of(actor), addition.caseId(), addition.add())
            .flatMap(
                added ->
                    added
                        ? Uni.createFrom().item(addition.made())
                        : addStepByStep(actor, addition, once))
        : addStepByStep(actor, addition, once);
  }

  private <T> Uni<Created<T>> addStepByStep(Actor actor, Addition<T> addition, Once once) {
    return changes.create(
        actor,
        new Creation<>(
            addition.caseId(), addition.resource(), addition.path(), addition.type(), once),
        (tx, seen) ->
            addition.add().apply(store.in(tx, Scope.of(actor))).replaceWith(addition.made()));
  }
}
