package com.faultmaven.knowledge.storage;

import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Rows;
import com.faultmaven.knowledge.domain.KnownCases;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;

/** The projection of cases in table {@code cases}. */
@ApplicationScoped
public class PostgresKnownCases implements KnownCases {
  private static final String FIND =
      "SELECT user_id, deleted_at IS NOT NULL AS deleted FROM cases WHERE case_id = $1";
  private static final String ADD =
      """
      INSERT INTO cases (case_id, user_id, seen_at) VALUES ($1, $2, $3)
      ON CONFLICT (case_id) DO NOTHING
      """;
  private static final String DELETE =
      """
      INSERT INTO cases (case_id, user_id, seen_at, deleted_at) VALUES ($1, $2, $3, $3)
      ON CONFLICT (case_id) DO UPDATE SET deleted_at = coalesce(cases.deleted_at, $3)
      """;
  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresKnownCases(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Optional<KnownCase>> find(String caseId) {
    return find(pool, caseId);
  }

  @Override
  public Uni<Void> add(String caseId, String userId, Instant now) {
    return run(pool, ADD, Tuple.of(caseId, userId, Rows.utc(now))).replaceWithVoid();
  }

  @Override
  public Uni<Void> add(SqlConnection transaction, String caseId, String userId, Instant now) {
    return run(transaction, ADD, Tuple.of(caseId, userId, Rows.utc(now))).replaceWithVoid();
  }

  @Override
  public Uni<Void> delete(SqlConnection transaction, String caseId, String userId, Instant at) {
    return run(transaction, DELETE, Tuple.of(caseId, userId, Rows.utc(at))).replaceWithVoid();
  }

  @Override
  public Uni<Boolean> lockAndTellDeleted(SqlConnection transaction, String caseId) {
    return run(transaction, LOCK, Tuple.of(caseId))
        .chain(() -> find(transaction, caseId))
        .map(found -> found.map(KnownCase::deleted).orElse(false));
  }

  private static Uni<Optional<KnownCase>> find(SqlClient client, String caseId) {
    return run(client, FIND, Tuple.of(caseId))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(
                    new KnownCase(row.getString("user_id"), row.getBoolean("deleted")));
              }
              return Optional.empty();
            });
  }

  private static Uni<RowSet<Row>> run(SqlClient client, String statement, Tuple row) {
    return client
        .preparedQuery(statement)
        .execute(row)
        .onFailure()
        .transform(DatabaseFailures::translate);
  }
}
