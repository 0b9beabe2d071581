package com.faultmaven.common.job;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** A job's lock, held as long as its connection lives. */
final class JobLock {
  private static final Logger LOG = Logger.getLogger(JobLock.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final SqlConnection connection;
  private final CompletableFuture<JobReport> lost = new CompletableFuture<>();

  JobLock(SqlConnection connection) {
    this.connection = connection;
    connection.closeHandler(() -> lose("the connection was closed"));
  }

  /** Never gives an item; fails when the lock is lost. */
  Uni<JobReport> lost() {
    return Uni.createFrom().completionStage(lost::copy);
  }

  /**
   * Asks something over the connection, in time.
   *
   * @param question gives whether the run is still ours; when it is not, fails or takes too long,
   *     the lock counts as lost
   */
  void prove(Duration inTime, Function<SqlConnection, Uni<Boolean>> question) {
    question
        .apply(connection)
        .ifNoItem()
        .after(inTime)
        .fail()
        .subscribe()
        .with(
            ours -> {
              if (!ours) {
                lose("another replica has ended the run");
              }
            },
            failure -> lose(failure.toString()));
  }

  private void lose(String why) {
    lost.completeExceptionally(new JobLockLostException(why));
  }

  /**
   * Gives the lock back and closes the connection, which gives it back in any case; never fails.
   */
  Uni<Void> release() {
    // Said, so that the lock is free now and not when the server has noticed the end.
    return inOrder(connection.query("SELECT pg_advisory_unlock_all()").execute().replaceWithVoid())
        .flatMap(free -> inOrder(connection.close()));
  }

  private static Uni<Void> inOrder(Uni<Void> step) {
    return step.ifNoItem()
        .after(CLOSE_TIMEOUT)
        .fail()
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.debugf("A lock's connection did not end in order: %s", failure.toString());
              return null;
            });
  }
}
