package com.faultmaven.cases.domain;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Idempotency;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Changes of a case and of the rows around it. Each runs in a transaction that keeps the rows out
 * of the archive until it ends, and finds them restored when they were in there: what it changes is
 * neither missed by the archive nor written beside it.
 */
@ApplicationScoped
public class CaseChanges {
  /** How often rows are restored for a change before which they are archived again. */
  private static final int ATTEMPTS = 3;

  private final CaseStore store;
  private final CaseAccess access;
  private final CaseArchive archive;
  private final Transactions transactions;
  private final Idempotency idempotency;

  /** Wires the bean. */
  @Inject
  public CaseChanges(
      CaseStore store,
      CaseAccess access,
      CaseArchive archive,
      Transactions transactions,
      Idempotency idempotency) {
    this.store = store;
    this.access = access;
    this.archive = archive;
    this.transactions = transactions;
    this.idempotency = idempotency;
  }

  /** What is changed, all or nothing; may run again from its start. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Changes something.
     *
     * @param tx the open transaction
     * @param seen the case as it was when the actor was let in
     */
    Uni<T> in(SqlConnection tx, CaseHead seen);
  }

  /**
   * What is created.
   *
   * @param caseId in which case
   * @param resource what is changed of it, for the access log, for example {@code case.messages}
   * @param path of the request
   * @param type class of the answer's body
   * @param once how the request may be repeated
   */
  record Creation<T>(String caseId, String resource, String path, Class<T> type, Once once) {}

  /**
   * Changes something in a case.
   *
   * @param resource what is changed of it, for the access log: the answer shows it
   * @return fails with {@link Problem} as {@link CaseAccess#changeable} does
   */
  <T> Uni<T> change(Actor actor, String caseId, String resource, Work<T> work) {
    return access
        .changeable(actor, caseId, resource)
        .flatMap(
            seen ->
                withRows(
                    seen, () -> transactions.inTransaction(tx -> holding(tx, actor, seen, work))));
  }

  /**
   * Creates something in a case, once.
   *
   * @return the answer; fails with {@link Problem} as {@link CaseAccess#changeable} does
   */
  <T> Uni<Created<T>> create(Actor actor, Creation<T> creation, Work<Created<T>> work) {
    return access
        .changeable(actor, creation.caseId(), creation.resource())
        .flatMap(
            seen ->
                withRows(
                    seen,
                    () ->
                        idempotency.create(
                            creation.once().key(),
                            actor.userId(),
                            creation.once().request(creation.path()),
                            creation.type(),
                            tx -> holding(tx, actor, seen, work))));
  }

  /**
   * The case is held by the first statement of the transaction, which those of the work follow
   * without waiting. That it could not be held counts before whatever became of the work.
   */
  private <T> Uni<T> holding(SqlConnection tx, Actor actor, CaseHead seen, Work<T> work) {
    CompletionStage<Void> held =
        hold(tx, Scope.of(actor), seen.caseId()).subscribeAsCompletionStage();
    return work.in(tx, seen)
        .onItemOrFailure()
        .transformToUni(
            (done, failure) ->
                Uni.createFrom()
                    .completionStage(held)
                    .flatMap(
                        kept ->
                            failure == null
                                ? Uni.createFrom().item(done)
                                : Uni.createFrom().failure(failure)));
  }

  private Uni<Void> hold(SqlConnection tx, Scope scope, String caseId) {
    return store
        .hold(tx, scope, caseId)
        .invoke(
            here -> {
              if (!here) {
                throw new ArchivedMeanwhileException(caseId);
              }
            })
        .replaceWithVoid();
  }

  private <T> Uni<T> withRows(CaseHead seen, Supplier<Uni<T>> work) {
    Uni<T> restored =
        Uni.createFrom()
            .deferred(() -> archive.restore(seen.caseId()).chain(() -> work.get()))
            .onFailure(ArchivedMeanwhileException.class)
            .retry()
            .atMost(ATTEMPTS - 1L)
            .onFailure(ArchivedMeanwhileException.class)
            .transform(failure -> CaseAccess.archivedAgain());
    return seen.archived()
        ? restored
        : Uni.createFrom()
            .deferred(() -> work.get())
            .onFailure(ArchivedMeanwhileException.class)
            .recoverWithUni(restored);
  }

  /**
   * Changes rows of a case in the service's own name, for example for an event. When the case is
   * archived at this very moment the transaction fails, and may run again.
   *
   * @param archived whether the rows are in the archive as far as is known
   */
  <T> Uni<T> changeAsService(
      SqlConnection tx, String caseId, boolean archived, Supplier<Uni<T>> work) {
    Uni<Void> whole = archived ? archive.restore(tx, caseId) : Uni.createFrom().voidItem();
    return whole.chain(() -> hold(tx, Scope.SERVICE, caseId)).chain(() -> work.get());
  }
}
