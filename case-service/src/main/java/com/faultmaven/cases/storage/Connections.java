package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.Scope;
import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Where a repository's statements run: on connections of their own, or in the caller's transaction.
 * Each transaction says first in whose name it works, so that row-level security can tell; that
 * travels with the next statement and costs no round trip of its own.
 */
interface Connections {
  /** In whose name the transaction works, and that no case has been found yet. */
  String SAY =
      "SELECT set_config('faultmaven.user_id', $1, true), set_config('faultmaven.role', $2, true),"
          + " set_config('faultmaven.case_id', '', true)";

  /**
   * What is found by a case's id is found in the same way for each; connections are opened with one
   * plan for all. How many rows a search meets depends on what is looked for.
   */
  String SAY_AND_PLAN = SAY + ", set_config('plan_cache_mode', 'auto', true)";

  /**
   * Runs a statement that reads a case by its id, or rows of it.
   *
   * @param row makes something of the text in the first column
   */
  <R> Uni<List<R>> reading(Statement statement, Function<String, R> row);

  /** Runs statements that look for cases by other properties. */
  <T> Uni<T> searching(Function<SqlConnection, Uni<T>> reads);

  /** Inserts the rows of a JSON array, all or nothing. */
  default Uni<Integer> inserting(Table<?> table, String rows) {
    return writing(connection -> new Statement(table.insert(), rows).count(connection));
  }

  /** Runs one statement that writes. */
  <T> Uni<T> writing(Function<SqlConnection, Uni<T>> statement);

  /** Runs work that is all or nothing. */
  <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work);

  /** A connection from the pool for each call; the failures are those of the contract. */
  static Connections pooled(Transactions transactions, Scope scope) {
    return new Connections() {
      @Override
      public <R> Uni<List<R>> reading(Statement statement, Function<String, R> row) {
        return one(transactions, SeenCaseStatements.rows(scope, statement))
            .map(found -> SeenCaseStatements.texts(found, 0).map(row).toList());
      }

      @Override
      public <T> Uni<T> searching(Function<SqlConnection, Uni<T>> reads) {
        return translated(
            transactions.read(connection -> say(connection, scope, SAY_AND_PLAN), reads));
      }

      @Override
      public <T> Uni<T> writing(Function<SqlConnection, Uni<T>> statement) {
        return translated(transactions.write(connection -> say(connection, scope), statement));
      }

      @Override
      public <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
        return translated(
            transactions.inTransaction(transaction -> saying(transaction, scope, work)));
      }
    };
  }

  /** The only row of a statement that is a transaction of its own. */
  static Uni<Row> one(Transactions transactions, Statement statement) {
    return translated(transactions.statement(statement::one));
  }

  private static <T> Uni<T> translated(Uni<T> work) {
    return work.onFailure().transform(DatabaseFailures::translate);
  }

  /**
   * The caller's open transaction. Failures stay as the database gave them, so that the transaction
   * can tell a conflict, which it tries again, from others.
   */
  static Connections within(SqlConnection transaction, Scope scope) {
    return new Connections() {
      @Override
      public <R> Uni<List<R>> reading(Statement statement, Function<String, R> row) {
        return transaction(connection -> statement.all(connection, row));
      }

      @Override
      public <T> Uni<T> searching(Function<SqlConnection, Uni<T>> reads) {
        return transaction(reads);
      }

      @Override
      public <T> Uni<T> writing(Function<SqlConnection, Uni<T>> statement) {
        return transaction(statement);
      }

      @Override
      public <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> saying(transaction, scope, work));
      }
    };
  }

  /** Says in whose name the open transaction works, and that no case has been found yet. */
  static Uni<?> say(SqlConnection transaction, Scope scope) {
    return say(transaction, scope, SAY);
  }

  private static Uni<?> say(SqlConnection transaction, Scope scope, String saying) {
    return transaction.preparedQuery(saying).execute(Tuple.of(scope.userId(), scope.role()));
  }

  private static <T> Uni<T> saying(
      SqlConnection transaction, Scope scope, Function<SqlConnection, Uni<T>> work) {
    CompletionStage<?> said = say(transaction, scope).subscribeAsCompletionStage();
    // The first statement of the work goes out without waiting; the server keeps the order.
    return work.apply(transaction).call(() -> Uni.createFrom().completionStage(said));
  }
}
