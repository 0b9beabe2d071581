package com.faultmaven.cases.storage;

import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.function.Function;

/**
 * Where a repository's statements run: on connections of their own, or in the caller's transaction.
 */
interface Connections {
  /** Runs work that is one statement, or that only reads. */
  <T> Uni<T> with(Function<SqlConnection, Uni<T>> work);

  /** Runs work that is all or nothing. */
  <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work);

  /** A connection from the pool for each call; the failures are those of the contract. */
  static Connections pooled(Transactions transactions) {
    return new Connections() {
      @Override
      public <T> Uni<T> with(Function<SqlConnection, Uni<T>> work) {
        return transactions.withConnection(work).onFailure().transform(DatabaseFailures::translate);
      }

      @Override
      public <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
        return transactions.inTransaction(work).onFailure().transform(DatabaseFailures::translate);
      }
    };
  }

  /**
   * The caller's open transaction. Failures stay as the database gave them, so that the transaction
   * can tell a conflict, which it tries again, from others.
   */
  static Connections within(SqlConnection transaction) {
    return new Connections() {
      @Override
      public <T> Uni<T> with(Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> work.apply(transaction));
      }

      @Override
      public <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
        return with(work);
      }
    };
  }
}
