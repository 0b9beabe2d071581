package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.AnalyticsQuery;
import com.faultmaven.cases.domain.CaseDocument;
import com.faultmaven.cases.domain.CaseHead;
import com.faultmaven.cases.domain.CaseParts;
import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.cases.domain.DataAccess;
import com.faultmaven.cases.domain.InDatabase;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.cases.domain.ShownRow;
import com.faultmaven.cases.domain.ShownRows;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.repository.CaseRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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

  /** As a foreign key holds it: only who archives or deletes the case waits. */
  private static final String HOLD =
      "SELECT archived_at IS NULL FROM cases WHERE case_id = $1 FOR KEY SHARE";

  private final Transactions transactions;

  /** Wires the bean. */
  @Inject
  public PostgresCaseStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public CaseRepository direct(Scope scope) {
    return new PostgresCaseRepository(Connections.pooled(transactions, scope));
  }

  @Override
  public CaseRepository in(SqlConnection tx, Scope scope) {
    return new PostgresCaseRepository(Connections.within(tx, scope));
  }

  @Override
  public Uni<Boolean> hold(SqlConnection tx, Scope scope, String caseId) {
    return Connections.within(tx, scope)
        .writing(connection -> connection.preparedQuery(HOLD).execute(Tuple.of(caseId)))
        .map(found -> found.size() == 0 || found.iterator().next().getBoolean(0));
  }

  @Override
  public Uni<Set<String>> lockEvidence(
      SqlConnection tx, Scope scope, String caseId, Set<String> evidenceIds) {
    return new EvidenceRows(Connections.within(tx, scope)).lock(caseId, evidenceIds);
  }

  @Override
  public Uni<List<Hypothesis>> lockHypotheses(
      SqlConnection tx, Scope scope, String caseId, Set<String> hypothesisIds) {
    return new HypothesisRows(Connections.within(tx, scope)).lock(caseId, hypothesisIds);
  }

  @Override
  public Uni<Void> ensureUser(SqlConnection tx, String userId) {
    return asService(tx, ENSURE_USER, Tuple.of(userId));
  }

  @Override
  public Uni<Void> putUser(SqlConnection tx, String userId, String status) {
    return asService(tx, PUT_USER, Tuple.of(userId, status));
  }

  @Override
  public Uni<Optional<CaseDocument>> document(Scope scope, String caseId, CaseParts parts) {
    Statement shown = WholeCases.shown(caseId, parts);
    return one(SeenCaseStatements.headAndValue(scope, caseId, shown))
        .map(row -> SeenCaseStatements.head(row).map(head -> document(head, row)));
  }

  private static CaseDocument document(CaseHead head, Row row) {
    return new CaseDocument(
        head.caseId(),
        head.userId(),
        head.version(),
        head.archived(),
        head.epoch(),
        row.get(Buffer.class, SeenCaseStatements.BEHIND_HEAD));
  }

  @Override
  public Uni<Optional<CaseHead>> head(Scope scope, String caseId) {
    return one(SeenCaseStatements.head(scope, caseId)).map(SeenCaseStatements::head);
  }

  @Override
  public <T> Uni<Optional<CaseRowsFound<T>>> rows(
      Scope scope, String caseId, Function<CaseRepository, Uni<T>> read) {
    return found(scope, caseId, rows -> read.apply(new PostgresCaseRepository(rows)));
  }

  @Override
  public Uni<Optional<CaseRowsFound<List<ShownRow>>>> shown(
      Scope scope, String caseId, Function<ShownRows, Uni<List<ShownRow>>> read) {
    return found(scope, caseId, rows -> read.apply(new StoredShownRows(rows)));
  }

  private <T> Uni<Optional<CaseRowsFound<T>>> found(
      Scope scope, String caseId, Function<SeenCase, Uni<T>> read) {
    return Uni.createFrom()
        .deferred(
            () -> {
              SeenCase rows = new SeenCase(this::one, scope, caseId);
              return read.apply(rows)
                  .map(found -> rows.head().map(head -> new CaseRowsFound<>(head, found)));
            });
  }

  @Override
  public Uni<Boolean> addToOwn(
      Scope scope, String caseId, Function<CaseRepository, Uni<Void>> add) {
    return Uni.createFrom()
        .deferred(
            () -> {
              SeenCase rows = new SeenCase(this::one, scope, caseId);
              return add.apply(new PostgresCaseRepository(rows)).map(done -> rows.inserted());
            });
  }

  private Uni<Row> one(Statement statement) {
    return Connections.one(transactions, statement);
  }

  @Override
  public Uni<String> analytics(Scope scope, AnalyticsQuery query) {
    return new CaseCounts(Connections.pooled(transactions, scope)).count(query);
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
    return Connections.pooled(transactions, Scope.SERVICE)
        .writing(connection -> connection.preparedQuery(RECORD_ACCESS).execute(line))
        .replaceWithVoid();
  }

  private static Uni<Void> asService(SqlConnection tx, String statement, Tuple values) {
    return Connections.within(tx, Scope.SERVICE)
        .writing(connection -> connection.preparedQuery(statement).execute(values))
        .replaceWithVoid();
  }
}
