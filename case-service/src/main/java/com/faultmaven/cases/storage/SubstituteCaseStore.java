package com.faultmaven.cases.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.cases.domain.CaseDocument;
import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.cases.domain.DataAccess;
import com.faultmaven.cases.domain.legacy.OffLoop;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.repository.CaseRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;

/**
 * Cases of another backend than PostgreSQL, which knows no transactions: what a transaction writes
 * there stays when it is rolled back. Users and the access log are in the database all the same.
 */
final class SubstituteCaseStore implements CaseStore {
  private final CaseRepository cases;
  private final CaseStore database;
  private final ObjectMapper wire;
  private final OffLoop offLoop;

  /**
   * A store of the cases.
   *
   * @param database keeps what is not the cases' own
   * @param wire writes JSON as the API answers it
   */
  SubstituteCaseStore(
      CaseRepository cases, CaseStore database, ObjectMapper wire, OffLoop offLoop) {
    this.cases = cases;
    this.database = database;
    this.wire = wire;
    this.offLoop = offLoop;
  }

  @Override
  public CaseRepository direct() {
    return cases;
  }

  @Override
  public CaseRepository in(SqlConnection tx) {
    return cases;
  }

  @Override
  public Uni<Void> ensureUser(SqlConnection tx, String userId) {
    return database.ensureUser(tx, userId);
  }

  @Override
  public Uni<Void> putUser(SqlConnection tx, String userId, String status) {
    return database.putUser(tx, userId, status);
  }

  @Override
  public Uni<Optional<CaseDocument>> document(String caseId) {
    return cases
        .get(caseId)
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : offLoop.run(() -> Optional.of(document(found.get()))));
  }

  private CaseDocument document(Case found) throws JsonProcessingException {
    return new CaseDocument(
        found.caseId(), found.userId(), found.version(), wire.writeValueAsString(found));
  }

  @Override
  public Uni<Void> recordAccess(DataAccess access) {
    return database.recordAccess(access);
  }
}
