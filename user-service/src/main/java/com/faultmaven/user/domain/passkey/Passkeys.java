package com.faultmaven.user.domain.passkey;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserUpdated;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.AccountStore;
import com.faultmaven.user.domain.Actor;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.PasswordConfirmation;
import com.faultmaven.user.domain.mail.MailKind;
import com.faultmaven.user.domain.mail.Mails;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The passkeys that an account has. One sees and removes one's own. */
@ApplicationScoped
public class Passkeys {
  private final AccountStore accounts;
  private final PasskeyStore passkeys;
  private final AuthAuditLog audit;
  private final Outbox outbox;
  private final Mails mails;
  private final Transactions transactions;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Passkeys(
      AccountStore accounts,
      PasskeyStore passkeys,
      AuthAuditLog audit,
      Outbox outbox,
      Mails mails,
      Transactions transactions,
      Clock clock) {
    this.accounts = accounts;
    this.passkeys = passkeys;
    this.audit = audit;
    this.outbox = outbox;
    this.mails = mails;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** The caller's own, oldest first. */
  public Uni<List<PasskeySummary>> list(Actor actor) {
    return passkeys
        .list(actor.userId())
        .map(found -> found.stream().map(Passkey::summary).toList());
  }

  /**
   * Removes a passkey: nobody can sign in with it from then on.
   *
   * @return fails with {@link Problem} 404 when it is not the caller's, 401 when the account is
   *     gone
   */
  public Uni<Void> remove(Actor actor, String passkeyId) {
    return transactions.inTransaction(
        tx ->
            passkeys
                .remove(tx, actor.userId(), passkeyId)
                .invoke(
                    removed -> {
                      if (!removed) {
                        throw Problem.notFound("passkey");
                      }
                    })
                .flatMap(removed -> record(tx, actor)));
  }

  private Uni<Void> record(SqlConnection tx, Actor actor) {
    Instant now = clock.instant();
    String userId = actor.userId();
    AuthEvent event =
        AuthEvent.now(AuthEventType.PASSKEY_REMOVED, userId, userId, actor.origin(), null, now);
    return accounts
        .update(tx, userId, user -> user.toBuilder().updatedAt(now).build())
        .map(found -> found.orElseThrow(PasswordConfirmation::accountGone))
        .call(user -> audit.append(tx, event))
        .call(
            user ->
                outbox.append(
                    tx, new UserUpdated(userId, List.of("passkeys"), user.isActive(), now)))
        .flatMap(user -> mails.queue(tx, MailKind.SIGN_IN_CHANGED, userId, user.email(), null));
  }
}
