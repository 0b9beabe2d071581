package com.faultmaven.user.domain;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserDeleted;
import com.faultmaven.common.web.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes accounts softly that nobody uses (specification 7.1). Never an administrator's: the last
 * one could not come back, and nobody else can restore an account.
 */
@ApplicationScoped
public class InactiveAccounts {
  private static final String REASON = "inactive";

  private final InactiveAccountStore accounts;
  private final SignInEnding ending;
  private final AuthAuditLog audit;
  private final Outbox outbox;
  private final Transactions transactions;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public InactiveAccounts(
      InactiveAccountStore accounts,
      SignInEnding ending,
      AuthAuditLog audit,
      Outbox outbox,
      Transactions transactions,
      Clock clock) {
    this.accounts = accounts;
    this.ending = ending;
    this.audit = audit;
    this.outbox = outbox;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** As {@link InactiveAccountStore#find}. */
  public Uni<List<InactiveAccount>> find(Instant since, @Nullable Cursor after, int limit) {
    return accounts.find(since, after, limit);
  }

  /**
   * Deletes an account softly, with its log-ins, its audit and its events, unless somebody has used
   * it meanwhile.
   *
   * @return whether it was deleted
   */
  public Uni<Boolean> delete(String userId, Instant since) {
    return transactions.inTransaction(
        tx -> {
          Instant now = clock.instant();
          return accounts
              .delete(tx, userId, since, now)
              .call(deleted -> deleted ? end(tx, userId, now) : Uni.createFrom().voidItem());
        });
  }

  private Uni<Void> end(SqlConnection tx, String userId, Instant now) {
    AuthEvent event =
        AuthEvent.now(AuthEventType.DELETED, userId, null, RequestOrigin.self(), REASON, now);
    return audit
        .append(tx, event)
        .flatMap(noted -> outbox.append(tx, new UserDeleted(userId, REASON, now)))
        .flatMap(told -> ending.endAll(tx, userId, REASON));
  }
}
