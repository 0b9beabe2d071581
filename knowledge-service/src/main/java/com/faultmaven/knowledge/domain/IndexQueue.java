package com.faultmaven.knowledge.domain;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;

/**
 * Documents that are to be indexed or removed. A task belongs to who claimed it until its time is
 * up or its document changes; what is said of a task that is no longer ours changes nothing.
 */
public interface IndexQueue {
  /**
   * Claims tasks that are due, skipping those that another process is claiming.
   *
   * @param limit at most so many
   * @param until when another process may take them over
   */
  Uni<List<IndexTask>> claim(int limit, Instant now, Instant until);

  /** Says that the work goes on; false when the task is no longer ours. */
  Uni<Boolean> renew(IndexTask task, Instant until);

  /**
   * Says, before it is done, that chunks below the number go into the index; false when the task is
   * no longer ours.
   */
  Uni<Boolean> plan(IndexTask task, int chunks);

  /** Locks the task's row until the transaction's end; false when the task is no longer ours. */
  Uni<Boolean> lock(SqlConnection transaction, IndexTask task);

  /** Records that the document can be found. The row is locked. */
  Uni<Void> indexed(
      SqlConnection transaction, IndexTask task, int chunks, String model, Instant at);

  /** Forgets the removed document. The row is locked. */
  Uni<Void> removed(SqlConnection transaction, IndexTask task);

  /** Puts the task back for a later attempt. */
  Uni<Void> postpone(IndexTask task, String error, Instant nextAttempt);

  /** Records that the document cannot be indexed. */
  Uni<Boolean> failed(SqlConnection transaction, IndexTask task, String error);
}
