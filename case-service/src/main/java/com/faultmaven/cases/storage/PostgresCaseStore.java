package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.CaseDocument;
import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.cases.domain.DataAccess;
import com.faultmaven.cases.domain.InDatabase;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.repository.CaseRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** {@code cases_db} in PostgreSQL. */
@ApplicationScoped
@InDatabase
public class PostgresCaseStore implements CaseStore {
  private static final String ENSURE_USER =
      "INSERT INTO users (user_id) VALUES ($1) ON CONFLICT (user_id) DO NOTHING";

  private static final String PUT_USER =
      """
      INSERT INTO users (user_id, status) VALUES ($1, $2)
      ON CONFLICT (user_id) DO UPDATE SET status = excluded.status
      WHERE users.status <> excluded.status
      """;

  private static final String RECORD_ACCESS =
      """
      INSERT INTO data_access_log
          (access_id, accessed_at, actor_id, actor_role, owner_id, case_id, resource)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;

  private final Connections pool;
  private final PostgresCaseRepository direct;
  private final WholeCases wholeCases;

  /** Wires the bean. */
  @Inject
  public PostgresCaseStore(Transactions transactions) {
    pool = Connections.pooled(transactions);
    direct = new PostgresCaseRepository(pool);
    wholeCases = new WholeCases(pool);
  }

  @Override
  public CaseRepository direct() {
    return direct;
  }

  @Override
  public CaseRepository in(SqlConnection tx) {
    return new PostgresCaseRepository(Connections.within(tx));
  }

  @Override
  public Uni<Void> ensureUser(SqlConnection tx, String userId) {
    return tx.preparedQuery(ENSURE_USER).execute(Tuple.of(userId)).replaceWithVoid();
  }

  @Override
  public Uni<Void> putUser(SqlConnection tx, String userId, String status) {
    return tx.preparedQuery(PUT_USER).execute(Tuple.of(userId, status)).replaceWithVoid();
  }

  @Override
  public Uni<Optional<CaseDocument>> document(String caseId) {
    return wholeCases.document(caseId);
  }

  @Override
  public Uni<Void> recordAccess(DataAccess access) {
    Tuple line =
        Tuple.tuple()
            .addString(access.accessId())
            .addOffsetDateTime(Rows.utc(access.accessedAt()))
            .addString(access.actorId())
            .addString(access.actorRole())
            .addString(access.ownerId())
            .addString(access.caseId())
            .addString(access.resource());
    return pool.with(connection -> connection.preparedQuery(RECORD_ACCESS).execute(line))
        .replaceWithVoid();
  }
}
