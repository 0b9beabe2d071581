package com.faultmaven.user.domain.mail;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;

/** Mails that wait, shared by all replicas. */
public interface MailQueue {
  /**
   * Adds a mail to the open transaction.
   *
   * <p>For an account that does not exist nothing is added, at the cost of adding: nobody can tell
   * from the time whether there is one.
   */
  Uni<Void> add(SqlConnection transaction, QueuedMail mail);

  /**
   * Takes mails whose time has come, which no other replica gets before the lease ends.
   *
   * @param leaseEnd when they may be taken again unless they are delivered or postponed by then
   */
  Uni<List<QueuedMail>> take(Instant now, Instant leaseEnd, int limit);

  /** Removes a mail that was delivered, or is given up. */
  Uni<Void> remove(String mailId);

  /** Sets the time of the next attempt. */
  Uni<Void> postpone(String mailId, Instant nextAttempt);
}
