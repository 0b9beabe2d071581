package com.faultmaven.artifact.jobs;

import com.faultmaven.common.db.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/**
 * Lets one replica do a job and the others pass (decisions, section 8): a PostgreSQL advisory lock.
 */
@ApplicationScoped
public class OneAtATime {
  private static final String LOCK =
      "SELECT pg_try_advisory_xact_lock(hashtextextended('artifact-job:' || $1, 0)) AS mine";

  private final Transactions transactions;

  /** Wires the bean. */
  @Inject
  public OneAtATime(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Does the job unless another one is at it.
   *
   * @return what the job gives, 0 when another one is at it
   */
  public Uni<Integer> run(String job, Supplier<Uni<Integer>> work) {
    // The lock goes with its connection: a crashed replica holds nothing.
    return transactions.inTransaction(
        transaction ->
            transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(job))
                .flatMap(
                    rows ->
                        rows.iterator().next().getBoolean("mine")
                            ? work.get()
                            : Uni.createFrom().item(0)));
  }
}
