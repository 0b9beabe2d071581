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
import org.jspecify.annotations.Nullable;

/**
 * The passkeys that an account has. One sees and removes one's own. Where an account has a password
 * it is asked for before one is removed: a stolen access token alone must not shut the owner out.
 */
@ApplicationScoped
public class Passkeys {
  private final AccountStore accounts;
  private final PasskeyStore passkeys;
  private final PasswordConfirmation confirmation;
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
      PasswordConfirmation confirmation,
      AuthAuditLog audit,
      Outbox outbox,
      Mails mails,
      Transactions transactions,
      Clock clock) {
    this.accounts = accounts;
    this.passkeys = passkeys;
    this.confirmation = confirmation;
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
   * @param password the account's present one; null is enough when it has none
   * @return fails with 401 when the account is gone, {@link Problem} 400 when the password is
   *     missing, 403 {@code wrong-password}, 404 when the passkey is not the caller's, 429 {@code
   *     too-many-attempts}, 503 {@code password-check-busy}
   */
  public Uni<Void> remove(Actor actor, String passkeyId, @Nullable String password) {
    return confirmation
        .confirmIfThereIsOne(actor, password, AuthEventType.SECOND_FACTOR_FAILED, "passkey_removal")
        .flatMap(confirmed -> remove(actor, passkeyId));
  }

  private Uni<Void> remove(Actor actor, String passkeyId) {
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
