package com.faultmaven.cases.domain;

import com.faultmaven.common.repository.CaseRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;

/**
 * Everything that {@code cases_db} holds (specification 3.2; decisions, section 3): the contract of
 * all storages, bound to a transaction when events or idempotency keys are written with it, and
 * what only a database offers.
 */
public interface CaseStore {
  /** The contract; every call takes a connection of its own and is one transaction. */
  CaseRepository direct();

  /**
   * The contract within the caller's transaction: what it writes becomes visible, or is undone,
   * with everything else that the transaction does. After a failed call the transaction can only be
   * rolled back.
   */
  CaseRepository in(SqlConnection tx);

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
  default Uni<Optional<CaseDocument>> document(String caseId) {
    return document(caseId, CaseParts.ALL);
  }

  /** The same with the wanted parts alone, still in one query. */
  Uni<Optional<CaseDocument>> document(String caseId, CaseParts parts);

  /**
   * Writes down that somebody saw another user's data (decisions, section 7). Nobody can change the
   * row afterwards. Answer the reader only when this has succeeded.
   */
  Uni<Void> recordAccess(DataAccess access);
}
