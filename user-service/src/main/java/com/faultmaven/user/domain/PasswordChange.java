package com.faultmaven.user.domain;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserUpdated;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
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

/** Changes a password by who knows the present one. */
@ApplicationScoped
public class PasswordChange {
  private final AccountStore accounts;
  private final PasswordPolicy policy;
  private final PasswordConfirmation confirmation;
  private final PasswordHashing passwords;
  private final SignInEnding ending;
  private final Mails mails;
  private final AuthAuditLog audit;
  private final Outbox outbox;
  private final Transactions transactions;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public PasswordChange(
      AccountStore accounts,
      PasswordPolicy policy,
      PasswordConfirmation confirmation,
      PasswordHashing passwords,
      SignInEnding ending,
      Mails mails,
      AuthAuditLog audit,
      Outbox outbox,
      Transactions transactions,
      Clock clock) {
    this.accounts = accounts;
    this.policy = policy;
    this.confirmation = confirmation;
    this.passwords = passwords;
    this.ending = ending;
    this.mails = mails;
    this.audit = audit;
    this.outbox = outbox;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Changes the caller's password, and ends the log-ins of all other devices.
   *
   * @param accessTokenId {@code jti} of the caller's token, whose log-in stays
   * @return fails with {@link Problem} 400 for a weak password, 403 {@code wrong-password}, 409
   *     {@code no-password} for an account that signs in elsewhere alone, 429, 503
   */
  public Uni<Void> change(
      Actor actor, @Nullable String accessTokenId, String current, String replacement) {
    return confirmation
        .confirm(actor, current, AuthEventType.PASSWORD_CHANGE_FAILED, null)
        .invoke(user -> check(user, current, replacement))
        .flatMap(
            user ->
                passwords
                    .hash(replacement)
                    .flatMap(
                        hash ->
                            transactions.inTransaction(
                                tx -> store(tx, actor, user, accessTokenId, hash))));
  }

  private void check(User user, String current, String replacement) {
    policy.check("new_password", replacement, user.username(), user.email());
    if (replacement.equals(current)) {
      throw Problem.invalid("new_password", "must not be the present password");
    }
  }

  private Uni<Void> store(
      SqlConnection tx, Actor actor, User confirmed, @Nullable String accessTokenId, String hash) {
    Instant now = clock.instant();
    String userId = actor.userId();
    AuthEvent event =
        AuthEvent.now(AuthEventType.PASSWORD_CHANGED, userId, userId, actor.origin(), null, now);
    return accounts
        .update(tx, userId, user -> replaced(user, confirmed, hash, now))
        .map(found -> found.orElseThrow(PasswordConfirmation::accountGone))
        .call(user -> ending.endOthers(tx, userId, accessTokenId, "password_changed"))
        .call(user -> audit.append(tx, event))
        .call(
            user ->
                outbox.append(
                    tx, new UserUpdated(userId, List.of("password"), user.isActive(), now)))
        .call(user -> mails.queue(tx, MailKind.PASSWORD_CHANGED, userId, user.email(), null))
        .replaceWithVoid();
  }

  private static User replaced(User user, User confirmed, String hash, Instant now) {
    String present = user.hashedPassword();
    if (user.deletedAt() != null || !user.isActive() || present == null) {
      throw PasswordConfirmation.accountGone();
    }
    if (!present.equals(confirmed.hashedPassword())) {
      // Somebody was faster: what was confirmed is not the password any more.
      throw PasswordConfirmation.wrongPassword();
    }
    return withPassword(user, hash, now);
  }

  /** The account with another password. */
  static User withPassword(User user, String hash, Instant now) {
    return user.toBuilder().hashedPassword(hash).lastPasswordChangeAt(now).updatedAt(now).build();
  }
}
