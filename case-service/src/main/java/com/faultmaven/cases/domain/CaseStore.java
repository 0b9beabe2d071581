package com.faultmaven.cases.domain;

import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.repository.CaseRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Everything that {@code cases_db} holds (specification 3.2; decisions, section 3): the contract of
 * all storages, bound to a transaction when events or idempotency keys are written with it, and
 * what only a database offers. Everything is asked in somebody's name; what that {@link Scope} may
 * not see is not there, and what it may not change fails.
 */
public interface CaseStore {
  /** The contract; every call takes a connection of its own and is one transaction. */
  CaseRepository direct(Scope scope);

  /**
   * The contract within the caller's transaction: what it writes becomes visible, or is undone,
   * with everything else that the transaction does. After a failed call the transaction can only be
   * rolled back.
   */
  CaseRepository in(SqlConnection tx, Scope scope);

  /**
   * Keeps the rows of a case where they are until the transaction ends: nobody archives it
   * meanwhile.
   *
   * @return false when they are in the archive; true also when there is no such case
   */
  Uni<Boolean> hold(SqlConnection tx, Scope scope, String caseId);

  /**
   * Those of the ids that are evidence of the case, which nobody deletes before the transaction
   * ends.
   */
  Uni<Set<String>> lockEvidence(
      SqlConnection tx, Scope scope, String caseId, Set<String> evidenceIds);

  /** Those of the case's hypotheses, which nobody else changes before the transaction ends. */
  Uni<List<Hypothesis>> lockHypotheses(
      SqlConnection tx, Scope scope, String caseId, Set<String> hypothesisIds);

  /**
   * Makes sure that the projection {@code users} has the user; one that is there stays as it is. A
   * case of a user who is not there cannot be stored: it fails with {@link
   * com.faultmaven.common.repository.MissingRowException} {@code user}.
   */
  Uni<Void> ensureUser(SqlConnection tx, String userId);

  /**
   * Writes what user-service says of a user into the projection {@code users}.
   *
   * @param status {@code active}, {@code inactive} or {@code deleted}
   */
  Uni<Void> putUser(SqlConnection tx, String userId, String status);

  /**
   * The whole case as the JSON text that the API answers with, built by PostgreSQL in one query;
   * empty when there is none.
   */
  default Uni<Optional<CaseDocument>> document(Scope scope, String caseId) {
    return document(scope, caseId, CaseParts.ALL);
  }

  /** The same with the wanted parts alone, still in one query. */
  Uni<Optional<CaseDocument>> document(Scope scope, String caseId, CaseParts parts);

  /** What must be known of a case before a copy is given out; empty when there is none. */
  Uni<Optional<CaseHead>> head(Scope scope, String caseId);

  /**
   * Rows around a case with what must be known of it before they are shown, read together; empty
   * when there is no such case.
   *
   * @param read asks the repository that it gets for the rows
   */
  <T> Uni<Optional<CaseRowsFound<T>>> rows(
      Scope scope, String caseId, Function<CaseRepository, Uni<T>> read);

  /** The same with rows as they are shown. */
  Uni<Optional<CaseRowsFound<List<ShownRow>>>> shown(
      Scope scope, String caseId, Function<ShownRows, Uni<List<ShownRow>>> read);

  /**
   * Rows that were found around a case.
   *
   * @param head of the case
   * @param rows those that were asked for
   */
  record CaseRowsFound<T>(CaseHead head, T rows) {}

  /**
   * Adds rows to a case of the scope's own user in the statement that looks for it: the shortest
   * way for what is written most. A backend that knows no such way adds nothing.
   *
   * @param add adds rows of one kind through the repository that it gets
   * @return false when nothing was added: the case is somebody else's, not there, or has its rows
   *     in the archive
   */
  Uni<Boolean> addToOwn(Scope scope, String caseId, Function<CaseRepository, Uni<Void>> add);

  /** Counts over cases as the JSON text that the API answers with. */
  Uni<String> analytics(Scope scope, AnalyticsQuery query);

  /**
   * Writes down that somebody saw another user's data (decisions, section 7). Nobody can change the
   * row afterwards. Answer the reader only when this has succeeded.
   */
  Uni<Void> recordAccess(DataAccess access);
}
