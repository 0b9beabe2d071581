package com.faultmaven.user.domain.mail;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Queues mails in the transaction that causes them: one is delivered if and only if it commits,
 * once at least, however often a replica or the mail server dies.
 */
@ApplicationScoped
public class Mails {
  private final MailQueue queue;
  private final MailComposer composer;
  private final Transactions transactions;
  private final Event<Waiting> waiting;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Mails(
      MailQueue queue,
      MailComposer composer,
      Transactions transactions,
      Event<Waiting> waiting,
      Clock clock) {
    this.queue = queue;
    this.composer = composer;
    this.transactions = transactions;
    this.waiting = waiting;
    this.clock = clock;
  }

  /** Said after the end of a transaction that has queued a mail. */
  public record Waiting() {}

  /**
   * Queues a mail.
   *
   * @param userId whose account; nothing is queued for one that does not exist
   * @param token what it carries, null for nothing
   */
  public Uni<Void> queue(
      SqlConnection transaction,
      MailKind kind,
      String userId,
      String recipient,
      @Nullable String token) {
    String mailId = Ids.next();
    QueuedMail mail =
        new QueuedMail(
            mailId,
            kind,
            userId,
            recipient,
            token == null ? null : composer.seal(mailId, token),
            0,
            clock.instant());
    transactions.afterEnd(transaction, () -> waiting.fire(new Waiting()));
    return queue.add(transaction, mail);
  }
}
