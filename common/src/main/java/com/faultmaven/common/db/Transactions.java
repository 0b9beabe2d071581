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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
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
    return lend(
        connection -> {
          SqlConnection reader = SqlConnection.newInstance(connection);
          open(reader, SNAPSHOT, opening);
          return future(() -> reads.apply(reader))
              .onComplete(done -> send(commit(reader).eventually(reader::close)));
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
    return this.<T>lend(
            connection -> {
              SqlConnection writer = SqlConnection.newInstance(connection);
              open(writer, "BEGIN", opening);
              Future<T> written = future(() -> statement.apply(writer));
              // After a statement that failed the server takes it for a rollback.
              Future<?> ended = future(() -> commit(writer));
              return written
                  .transform(done -> ended.transform(end -> both(done, end)))
                  .eventually(() -> connection.close());
            })
        .onFailure(DatabaseFailures::isConflict)
        .retry()
        .atMost(ATTEMPTS - 1);
  }

  /** What was written, unless that or its end has failed. */
  private static <T> Future<T> both(AsyncResult<T> written, AsyncResult<?> end) {
    if (written.failed()) {
      return Future.failedFuture(written.cause());
    }
    return end.failed()
        ? Future.failedFuture(end.cause())
        : Future.succeededFuture(written.result());
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

  /**
   * Runs one statement, which is a transaction of its own.
   *
   * @param statement may run again when it lost against another transaction
   */
  public <T> Uni<T> statement(Function<SqlConnection, Uni<T>> statement) {
    return withConnection(statement)
        .onFailure(DatabaseFailures::isConflict)
        .retry()
        .atMost(ATTEMPTS - 1);
  }

  /** Runs the work on one connection without a transaction around it. */
  public <T> Uni<T> withConnection(Function<SqlConnection, Uni<T>> work) {
    return lend(
        connection ->
            future(() -> work.apply(SqlConnection.newInstance(connection)))
                .eventually(() -> connection.close()));
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
   * A transaction whose beginning travels with its first statement. Its end is certain before the
   * caller goes on: nothing is given out of one that did not begin, or that the server rolled back.
   */
  private <T> Uni<T> once(Function<SqlConnection, Uni<T>> work) {
    return lend(
        connection -> {
          Future<Transaction> begun = connection.begin();
          return future(() -> work.apply(SqlConnection.newInstance(connection)))
              .transform(done -> begun.compose(open -> end(open, done)))
              .eventually(() -> connection.close())
              .onComplete(done -> ended(connection, done.succeeded()));
        });
  }

  private static <T> Future<T> end(Transaction open, AsyncResult<T> done) {
    return done.succeeded()
        ? open.commit().map(committed -> done.result())
        : open.rollback().transform(gone -> Future.failedFuture(done.cause()));
  }

  private void ended(Object connection, boolean committing) {
    Queue<Runnable> actions = endings.remove(connection);
    if (actions != null) {
      actions.forEach(Runnable::run);
    }
    if (withEvents.remove(connection) && committing) {
      committed.fire(new EventsCommitted());
    }
  }

  /**
   * Lends a connection. A caller that goes while it waits for one gets none; once it has one, the
   * work is done to its end, whoever still waits for it. So it runs in futures: they cannot be
   * cancelled, where a cancelled {@code Uni} would keep the connection that comes too late for
   * good.
   *
   * @param work gives the connection back
   */
  private <T> Uni<T> lend(Function<io.vertx.sqlclient.SqlConnection, Future<T>> work) {
    return Uni.createFrom()
        .emitter(
            caller -> {
              AtomicBoolean gone = new AtomicBoolean();
              caller.onTermination(() -> gone.set(true));
              pool.getDelegate()
                  .getConnection()
                  .compose(
                      connection ->
                          gone.get() ? connection.close().<T>mapEmpty() : work.apply(connection))
                  .onSuccess(caller::complete)
                  .onFailure(caller::fail);
            });
  }

  private static <T> Future<T> future(Supplier<Uni<T>> work) {
    return UniHelper.toFuture(Uni.createFrom().deferred(() -> work.get()));
  }
}
