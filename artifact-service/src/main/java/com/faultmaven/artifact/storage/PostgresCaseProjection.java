package com.faultmaven.artifact.storage;

import com.faultmaven.artifact.domain.CaseOwnership;
import com.faultmaven.artifact.domain.CaseProjection;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.cases.CaseStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The projection of cases in table {@code cases}. */
@ApplicationScoped
public class PostgresCaseProjection implements CaseProjection {
  private static final String FIND =
      "SELECT case_id, user_id, status FROM cases WHERE case_id = $1";
  private static final String ADD =
      """
      INSERT INTO cases (case_id, user_id, status, updated_at)
      SELECT $1, $2, $3, $4
      WHERE NOT EXISTS (SELECT 1 FROM deleted_cases WHERE case_id = $1)
      ON CONFLICT (case_id) DO NOTHING
      """;
  private static final String CHANGE =
      """
      INSERT INTO cases (case_id, user_id, status, updated_at)
      SELECT $1, $2, $3, $4
      WHERE NOT EXISTS (SELECT 1 FROM deleted_cases WHERE case_id = $1)
      ON CONFLICT (case_id) DO UPDATE SET status = $3, updated_at = $4
      """;
  private static final String REMEMBER_DELETION =
      "INSERT INTO deleted_cases (case_id, deleted_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
  private static final String DELETE = "DELETE FROM cases WHERE case_id = $1";
  private static final String FORGET = "DELETE FROM deleted_cases WHERE deleted_at < $1";

  private final Pool pool;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public PostgresCaseProjection(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public Uni<Optional<CaseOwnership>> find(String caseId) {
    return pool.preparedQuery(FIND).execute(Tuple.of(caseId)).map(PostgresCaseProjection::first);
  }

  @Override
  public Uni<Boolean> add(CaseOwnership found) {
    return write(pool, ADD, found).chain(() -> find(found.caseId())).map(Optional::isPresent);
  }

  @Override
  public Uni<Void> opened(SqlConnection transaction, CaseOwnership opened) {
    return write(transaction, ADD, opened);
  }

  @Override
  public Uni<Void> statusChanged(
      SqlConnection transaction, String caseId, String userId, CaseStatus status) {
    return write(transaction, CHANGE, new CaseOwnership(caseId, userId, status));
  }

  @Override
  public Uni<Void> deleted(SqlConnection transaction, String caseId, Instant at) {
    return transaction
        .preparedQuery(REMEMBER_DELETION)
        .execute(Tuple.of(caseId, Rows.utc(at)))
        .chain(() -> transaction.preparedQuery(DELETE).execute(Tuple.of(caseId)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Integer> forgetDeleted(Instant before) {
    return pool.preparedQuery(FORGET).execute(Tuple.of(Rows.utc(before))).map(RowSet::rowCount);
  }

  private Uni<Void> write(SqlClient client, String statement, CaseOwnership owned) {
    return client
        .preparedQuery(statement)
        .execute(
            Tuple.of(
                owned.caseId(),
                owned.userId(),
                owned.status().wireName(),
                Rows.utc(clock.instant())))
        .replaceWithVoid();
  }

  private static Optional<CaseOwnership> first(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(
          new CaseOwnership(
              row.getString("case_id"),
              row.getString("user_id"),
              WireName.require(CaseStatus.class, row.getString("status"))));
    }
    return Optional.empty();
  }
}
