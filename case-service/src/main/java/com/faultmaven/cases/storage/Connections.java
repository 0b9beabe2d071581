package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.Scope;
import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository's statements run: on connections of their own, or in the caller's transaction.
 * Each transaction says first in whose name it works, so that row-level security can tell; that
 * travels with the next statement and costs no round trip of its own.
 */
interface Connections {
  /**
   * What is found by a case's id is found in the same way for each: one plan for all. PostgreSQL
   * would plan anew each time, because it takes a plan for every partition to be one that reads
   * every partition; a whole case took half as long again.
   */
  String PLANNED_ONCE = "force_generic_plan";

  /** How many rows a search meets depends on what is looked for. */
  String PLANNED_BY_VALUES = "auto";

  /** Runs statements that read cases by their ids, or rows of theirs. */
  <T> Uni<T> reading(Function<SqlConnection, Uni<T>> reads);

  /** Runs statements that look for cases by other properties. */
  <T> Uni<T> searching(Function<SqlConnection, Uni<T>> reads);

  /** Runs one statement that writes. */
  <T> Uni<T> writing(Function<SqlConnection, Uni<T>> statement);

  /** Runs work that is all or nothing. */
  <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work);

  /** A connection from the pool for each call; the failures are those of the contract. */
  static Connections pooled(Transactions transactions, Scope scope) {
    return new Connections() {
      @Override
      public <T> Uni<T> reading(Function<SqlConnection, Uni<T>> reads) {
        return translated(transactions.read(connection -> say(connection, scope), reads));
      }

      @Override
      public <T> Uni<T> searching(Function<SqlConnection, Uni<T>> reads) {
        return translated(
            transactions.read(connection -> say(connection, scope, PLANNED_BY_VALUES), reads));
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

      private static <T> Uni<T> translated(Uni<T> work) {
        return work.onFailure().transform(DatabaseFailures::translate);
      }
    };
  }

  /**
   * The caller's open transaction. Failures stay as the database gave them, so that the transaction
   * can tell a conflict, which it tries again, from others.
   */
  static Connections within(SqlConnection transaction, Scope scope) {
    return on(transaction, scope);
  }

  /** A transaction that somebody opened, and has said in whose name. */
  static Connections opened(SqlConnection transaction) {
    return on(transaction, null);
  }

  private static Connections on(SqlConnection transaction, @Nullable Scope scope) {
    return new Connections() {
      @Override
      public <T> Uni<T> reading(Function<SqlConnection, Uni<T>> reads) {
        return transaction(reads);
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
        return Uni.createFrom()
            .deferred(
                () -> scope == null ? work.apply(transaction) : saying(transaction, scope, work));
      }
    };
  }

  /** Says in whose name the open transaction works, and that no case has been found yet. */
  static Uni<?> say(SqlConnection transaction, Scope scope) {
    return say(transaction, scope, PLANNED_ONCE);
  }

  private static Uni<?> say(SqlConnection transaction, Scope scope, String planning) {
    return transaction
        .preparedQuery(
            "SELECT set_config('faultmaven.user_id', $1, true),"
                + " set_config('faultmaven.role', $2, true),"
                + " set_config('faultmaven.case_id', '', true),"
                + " set_config('plan_cache_mode', $3, true)")
        .execute(Tuple.of(scope.userId(), scope.role(), planning));
  }

  private static <T> Uni<T> saying(
      SqlConnection transaction, Scope scope, Function<SqlConnection, Uni<T>> work) {
    CompletionStage<?> said = say(transaction, scope).subscribeAsCompletionStage();
    // The first statement of the work goes out without waiting; the server keeps the order.
    return work.apply(transaction).call(() -> Uni.createFrom().completionStage(said));
  }
}
