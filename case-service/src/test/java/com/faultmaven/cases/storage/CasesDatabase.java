package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.repository.CaseRepository;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The database of a test, as the service sees it and as the owner of its tables does. */
@Singleton
final class CasesDatabase {
  private final CaseStore store;
  private final Transactions transactions;
  private final AgroalDataSource owner;

  @Inject
  CasesDatabase(
      CaseStore store, Transactions transactions, @DataSource("migration") AgroalDataSource owner) {
    this.store = store;
    this.transactions = transactions;
    this.owner = owner;
  }

  CaseStore store() {
    return store;
  }

  CaseRepository cases() {
    return store.direct(Scope.SERVICE);
  }

  Transactions transactions() {
    return transactions;
  }

  /** A user who is in the projection and has no cases. */
  String newOwner() {
    String userId = Ids.next();
    inTransaction(tx -> store.ensureUser(tx, userId));
    return userId;
  }

  <T> T inTransaction(Function<SqlConnection, Uni<T>> work) {
    return await(transactions.inTransaction(work));
  }

  /** Runs a statement in the service's role and name. */
  List<Row> asService(String sql, Object... parameters) {
    return as(Scope.SERVICE, sql, parameters);
  }

  /** Runs a statement in the service's role and somebody's name. */
  List<Row> as(Scope scope, String sql, Object... parameters) {
    return inTransaction(
        transaction ->
            Connections.say(transaction, scope).chain(() -> run(transaction, sql, parameters)));
  }

  /** Runs a statement in the service's role, without saying in whose name. */
  List<Row> asNobody(String sql, Object... parameters) {
    return inTransaction(transaction -> run(transaction, sql, parameters));
  }

  private static Uni<List<Row>> run(SqlConnection connection, String sql, Object... parameters) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.from(List.of(parameters)))
        .map(
            rows -> {
              List<Row> all = new ArrayList<>();
              rows.forEach(all::add);
              return all;
            });
  }

  /** Runs statements in the role that owns the tables. */
  void asOwner(String sql) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(60));
  }
}
