package com.faultmaven.common.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Transactions on a real server. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class TransactionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String INSERT = "INSERT INTO kept (user_id, text) VALUES ($1, 'x')";
  private static final String COUNT = "SELECT count(*) FROM kept WHERE user_id = $1";

  @Inject Transactions transactions;

  @ConfigProperty(name = "faultmaven.db.pool.size")
  int connections;

  private final String note = Ids.next();

  @Test
  void itemIsGivenOutAfterTheCommit() {
    String given = await(transactions.inTransaction(tx -> insert(tx).replaceWith("done")));

    assertThat(given).isEqualTo("done");
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void failureUndoesWhatWasWrittenBefore() {
    IllegalStateException cause = new IllegalStateException("refused");

    assertThatThrownBy(
            () -> await(transactions.inTransaction(tx -> insert(tx).invoke(() -> fail(cause)))))
        .isSameAs(cause);
    assertThatThrownBy(() -> await(transactions.inTransaction(tx -> fail(cause)))).isSameAs(cause);

    assertThat(stored()).isZero();
  }

  @Test
  void nothingIsAcknowledgedThatTheServerRollsBack() {
    assertThatThrownBy(
            () ->
                await(
                    transactions.inTransaction(
                        tx ->
                            insert(tx)
                                .chain(() -> tx.query("SELECT 1 / 0").execute())
                                .onFailure()
                                .recoverWithNull()
                                .replaceWith("done"))))
        .hasMessageContaining("ollback");

    assertThat(stored()).isZero();
  }

  @Test
  void connectionsThatEndFailTheirTransactionAlone() {
    assertThatThrownBy(
            () ->
                await(
                    transactions.inTransaction(
                        tx ->
                            insert(tx)
                                .chain(
                                    () ->
                                        tx.query("SELECT pg_terminate_backend(pg_backend_pid())")
                                            .execute()))))
        .matches(DatabaseFailures::isTransient);

    // The pool may lend the dead connection once more before it has seen its end.
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(DatabaseFailures::isTransient)
        .untilAsserted(() -> assertThat(stored()).isZero());
    await(transactions.inTransaction(this::insert));
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void conflictsRunTheWorkAgain() {
    List<Integer> attempts = new ArrayList<>();

    await(
        transactions.inTransaction(
            tx ->
                insert(tx)
                    .chain(
                        () -> {
                          attempts.add(attempts.size());
                          return attempts.size() < 3
                              ? tx.query("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$").execute()
                              : Uni.createFrom().nullItem();
                        })));

    assertThat(attempts).hasSize(3);
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void conflictsRunAStatementAgain() {
    List<Integer> attempts = new ArrayList<>();

    await(
        transactions.statement(
            connection -> {
              attempts.add(attempts.size());
              return attempts.size() < 3
                  ? connection
                      .query("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
                      .execute()
                      .replaceWithVoid()
                  : insert(connection);
            }));

    assertThat(attempts).hasSize(3);
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void readsSeeOneMoment() {
    List<Long> seen = new ArrayList<>();

    await(
        transactions.read(
            TransactionsTest::nothing,
            tx ->
                count(tx)
                    .invoke(seen::add)
                    .chain(() -> transactions.inTransaction(this::insert))
                    .chain(() -> count(tx))
                    .invoke(seen::add)));

    assertThat(seen).containsExactly(0L, 0L);
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void readsWriteNothing() {
    assertThatThrownBy(() -> await(transactions.read(TransactionsTest::nothing, this::insert)))
        .isInstanceOfSatisfying(
            PgException.class, e -> assertThat(e.getSqlState()).isEqualTo("25006"));

    assertThat(stored()).isZero();
  }

  @Test
  void oneStatementIsWrittenWholeOrNotAtAll() {
    await(transactions.write(TransactionsTest::nothing, this::insert));

    assertThatThrownBy(
            () ->
                await(
                    transactions.write(
                        TransactionsTest::nothing,
                        tx ->
                            tx.preparedQuery(
                                    "INSERT INTO kept (user_id, text) SELECT $1, 'x' FROM"
                                        + " generate_series(1, 3) AS n WHERE 1 / (2 - n) < 9")
                                .execute(Tuple.of(note)))))
        .isInstanceOf(PgException.class);

    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void callersThatGoWhileTheyWaitKeepNoConnection() {
    CompletableFuture<Void> released = new CompletableFuture<>();
    List<CompletionStage<?>> holding = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      holding.add(
          transactions
              .withConnection(
                  held -> count(held).chain(() -> Uni.createFrom().completionStage(released)))
              .subscribeAsCompletionStage());
    }
    List<Cancellable> waiting = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      waiting.add(leave(transactions.read(TransactionsTest::nothing, this::count)));
      waiting.add(leave(transactions.write(TransactionsTest::nothing, this::insert)));
      waiting.add(leave(transactions.inTransaction(this::insert)));
      waiting.add(leave(transactions.withConnection(this::insert)));
    }
    waiting.forEach(Cancellable::cancel);
    released.complete(null);
    holding.forEach(held -> Awaitility.await().until(held.toCompletableFuture()::isDone));

    List<Uni<Long>> all = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      all.add(
          transactions.withConnection(
              held -> held.query("SELECT pg_sleep(0.1)").execute().chain(() -> count(held))));
    }
    List<Long> counts = await(Uni.join().all(all).andFailFast());
    assertThat(counts).hasSize(connections).containsOnly(0L);
  }

  @Test
  void workThatHasBegunIsDoneToItsEndWhenItsCallerGoes() {
    CompletableFuture<Void> released = new CompletableFuture<>();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> ended = new CompletableFuture<>();

    Cancellable caller =
        leave(
            transactions.inTransaction(
                tx -> {
                  transactions.afterEnd(tx, () -> ended.complete(null));
                  return insert(tx)
                      .invoke(() -> begun.complete(null))
                      .chain(() -> Uni.createFrom().completionStage(released));
                }));
    Awaitility.await().atMost(PATIENCE).until(begun::isDone);
    caller.cancel();
    assertThat(ended).isNotDone();
    released.complete(null);

    Awaitility.await().atMost(PATIENCE).until(ended::isDone);
    assertThat(stored()).isEqualTo(1);
  }

  /** The client's own limit is 2048 characters. */
  @Test
  void longStatementsStayPrepared() {
    String marker = "-- " + note;
    String statement = "SELECT $1::text " + marker + " ".repeat(20_000);

    long prepared =
        await(
            transactions.withConnection(
                connection ->
                    connection
                        .preparedQuery(statement)
                        .execute(Tuple.of("a"))
                        .chain(() -> connection.preparedQuery(statement).execute(Tuple.of("b")))
                        .chain(
                            () ->
                                connection
                                    .preparedQuery(
                                        "SELECT count(*) FROM pg_prepared_statements WHERE name <>"
                                            + " '' AND length(statement) > 20000"
                                            + " AND position($1 IN statement) > 0")
                                    .execute(Tuple.of(marker)))
                        .map(rows -> rows.iterator().next().getLong(0))));

    assertThat(prepared).isEqualTo(1);
  }

  private Uni<Void> insert(SqlConnection tx) {
    return tx.preparedQuery(INSERT).execute(Tuple.of(note)).replaceWithVoid();
  }

  private Uni<Long> count(SqlConnection tx) {
    return tx.preparedQuery(COUNT)
        .execute(Tuple.of(note))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private long stored() {
    return await(transactions.withConnection(this::count));
  }

  private static Uni<?> nothing(SqlConnection connection) {
    return connection.query("SELECT").execute();
  }

  private static <T> Uni<T> fail(RuntimeException cause) {
    throw cause;
  }

  private static Cancellable leave(Uni<?> work) {
    return work.subscribe().with(done -> {}, failure -> {});
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(PATIENCE);
  }
}
