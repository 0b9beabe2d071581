package com.faultmaven.common.db;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs work on the service's database. Every {@code Uni} fails as the work does, or with what
 * {@link DatabaseFailures#isTransient} knows when the database is away; a failed transaction has
 * changed nothing.
 */
@ApplicationScoped
public class Transactions {
  private static final Logger LOG = Logger.getLogger(Transactions.class);
  private static final int ATTEMPTS = 4;
  private static final String SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private final Pool pool;
  private final Event<EventsCommitted> committed;
  private final Set<Object> withEvents = ConcurrentHashMap.newKeySet();
  private final Map<Object, Queue<Runnable>> endings = new ConcurrentHashMap<>();
  private final Map<Object, Queue<Supplier<Uni<Void>>>> sequels = new ConcurrentHashMap<>();

  /** Wires the bean. */
  @Inject
  public Transactions(Pool pool, Event<EventsCommitted> committed) {
    this.pool = pool;
    this.committed = committed;
  }

  /** Said after the commit of a transaction that put events into the outbox. */
  public record EventsCommitted() {}

  /**
   * Runs the work in one transaction: committed when it gives an item, rolled back when it fails.
   *
   * @param work may run again, from its start, when the transaction lost against another one
   */
  public <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(() -> once(work))
        .onFailure(DatabaseFailures::isConflict)
        .retry()
        .atMost(ATTEMPTS - 1);
  }

  /**
   * Reads in a transaction of their own, which costs no round trip: its beginning travels with the
   * first read, and nobody waits for its end. All of them see the same moment.
   *
   * @param opening a statement that goes first, for example one that says who asks
   * @param reads one or more statements that write nothing
   */
  public <T> Uni<T> read(
      Function<SqlConnection, Uni<?>> opening, Function<SqlConnection, Uni<T>> reads) {
    return pool.getConnection()
        .flatMap(
            connection -> {
              open(connection, SNAPSHOT, opening);
              return Uni.createFrom()
                  .deferred(() -> reads.apply(connection))
                  .onTermination()
                  .invoke(() -> send(commit(connection).eventually(connection::close)));
            });
  }

  /**
   * Writes with one statement, in a transaction that takes one round trip in all: beginning,
   * statement and end travel together.
   *
   * @param opening a statement that goes first, for example one that says who asks
   * @param statement sends one statement when it is subscribed to, and no second one; may run again
   *     when the transaction lost against another one
   */
  public <T> Uni<T> write(
      Function<SqlConnection, Uni<?>> opening, Function<SqlConnection, Uni<T>> statement) {
    return pool.getConnection()
        .flatMap(
            connection -> {
              open(connection, "BEGIN", opening);
              CompletionStage<T> written = statement.apply(connection).subscribeAsCompletionStage();
              // After a statement that failed the server takes it for a rollback.
              return Uni.combine()
                  .all()
                  .unis(Uni.createFrom().completionStage(written), commit(connection))
                  .with((result, committed) -> result)
                  .eventually(connection::close);
            })
        .onFailure(DatabaseFailures::isConflict)
        .retry()
        .atMost(ATTEMPTS - 1);
  }

  private static void open(
      SqlConnection connection, String begin, Function<SqlConnection, Uni<?>> opening) {
    send(connection.query(begin).execute());
    send(opening.apply(connection));
  }

  private static Uni<?> commit(SqlConnection connection) {
    return connection.query("COMMIT").execute();
  }

  /** What follows on the connection fails as well, and tells the caller. */
  private static void send(Uni<?> statement) {
    statement
        .subscribe()
        .with(sent -> {}, failure -> LOG.debugf("A transaction's frame failed: %s", failure));
  }

  /** Runs the work on one connection without a transaction around it. */
  public <T> Uni<T> withConnection(Function<SqlConnection, Uni<T>> work) {
    return pool.withConnection(work);
  }

  /** Notes that the open transaction holds events, which go out after its commit. */
  public void holdsEvents(SqlConnection transaction) {
    withEvents.add(transaction.getDelegate());
  }

  /**
   * Runs something when the open transaction has ended, before its caller learns how: also after a
   * failure, since a commit whose confirmation is lost may have happened. It must not fail.
   */
  public void afterEnd(SqlConnection transaction, Runnable action) {
    endings
        .computeIfAbsent(transaction.getDelegate(), key -> new ConcurrentLinkedQueue<>())
        .add(action);
  }

  /**
   * Does something when the open transaction has committed, and before its caller learns of that;
   * fails the caller when it fails.
   */
  public void afterCommit(SqlConnection transaction, Supplier<Uni<Void>> work) {
    sequels
        .computeIfAbsent(transaction.getDelegate(), key -> new ConcurrentLinkedQueue<>())
        .add(work);
  }

  private Uni<Void> sequelsOf(Object connection) {
    Uni<Void> all = Uni.createFrom().voidItem();
    Queue<Supplier<Uni<Void>>> works = sequels.remove(connection);
    if (works != null) {
      for (Supplier<Uni<Void>> work : works) {
        all = all.chain(() -> work.get());
      }
    }
    return all;
  }

  /**
   * A transaction whose beginning travels with its first statement. Its end is certain before the
   * caller goes on: nothing is given out of one that did not begin, or that the server rolled back.
   */
  private <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
    return UniHelper.toUni(
        pool.getDelegate()
            .getConnection()
            .compose(
                connection -> {
                  Future<Transaction> begun = connection.begin();
                  Uni<T> result =
                      Uni.createFrom()
                          .deferred(() -> work.apply(SqlConnection.newInstance(connection)));
                  return UniHelper.toFuture(result)
                      .transform(done -> begun.compose(open -> end(open, done)))
                      .eventually(() -> connection.close());
                }));
  }

  private static <T> Future<T> end(Transaction open, AsyncResult<T> done) {
    return done.succeeded()
        ? open.commit().map(committed -> done.result())
        : open.rollback().transform(gone -> Future.failedFuture(done.cause()));
  }

  private <T> Uni<T> once(Function<SqlConnection, Uni<T>> work) {
    Object[] connection = new Object[1];
    return transaction(
            transaction -> {
              connection[0] = transaction.getDelegate();
              // Left behind by a transaction that failed on the same connection.
              sequels.remove(connection[0]);
              return work.apply(transaction);
            })
        .call(() -> sequelsOf(connection[0]))
        .onTermination()
        .invoke(
            (item, failure, cancelled) -> {
              if (connection[0] == null) {
                return;
              }
              Queue<Runnable> actions = endings.remove(connection[0]);
              if (actions != null) {
                actions.forEach(Runnable::run);
              }
              boolean events = withEvents.remove(connection[0]);
              if (events && failure == null && !cancelled) {
                committed.fire(new EventsCommitted());
              }
            });
  }
}
