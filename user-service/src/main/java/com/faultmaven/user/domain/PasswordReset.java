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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sets a new password by who reads the account's mail. Whether there is an account to an address
 * shows neither in the answer nor in its time: the same statements run for both.
 */
@ApplicationScoped
public class PasswordReset {
  private final AccountStore accounts;
  private final OneTimeTokens tokens;
  private final PasswordPolicy policy;
  private final PasswordHashing passwords;
  private final SignInEnding ending;
  private final UnprovenCredentials unproven;
  private final LoginThrottle logins;
  private final MailThrottle throttle;
  private final Mails mails;
  private final AuthAuditLog audit;
  private final Outbox outbox;
  private final Transactions transactions;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public PasswordReset(
      AccountStore accounts,
      OneTimeTokens tokens,
      PasswordPolicy policy,
      PasswordHashing passwords,
      SignInEnding ending,
      UnprovenCredentials unproven,
      LoginThrottle logins,
      MailThrottle throttle,
      Mails mails,
      AuthAuditLog audit,
      Outbox outbox,
      Transactions transactions,
      Clock clock) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.policy = policy;
    this.passwords = passwords;
    this.ending = ending;
    this.unproven = unproven;
    this.logins = logins;
    this.throttle = throttle;
    this.mails = mails;
    this.audit = audit;
    this.outbox = outbox;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Sends a mail to the account with the address, when there is an active one.
   *
   * @return fails with {@link Problem} 429 {@code too-many-attempts}
   */
  public Uni<Void> forgot(String email, RequestOrigin origin) {
    throttle.takeMail(TokenPurpose.PASSWORD_RESET, email, origin);
    return accounts
        .getByEmail(email)
        .map(found -> found.filter(User::isActive))
        .flatMap(found -> transactions.inTransaction(tx -> send(tx, found, email, origin)));
  }

  private Uni<Void> send(
      SqlConnection tx, Optional<User> found, String email, RequestOrigin origin) {
    String userId = found.map(User::userId).orElse(OneTimeTokens.NOBODY);
    String recipient = found.map(User::email).orElse(email);
    boolean elsewhere = found.filter(user -> user.hashedPassword() == null).isPresent();
    AuthEvent event =
        AuthEvent.now(
            AuthEventType.PASSWORD_RESET_REQUESTED,
            found.map(User::userId).orElse(null),
            null,
            origin,
            found.isPresent() ? null : "unknown_account",
            clock.instant());
    return audit
        .append(tx, event)
        .flatMap(
            done ->
                elsewhere
                    ? tokens.sendWithout(
                        tx,
                        TokenPurpose.PASSWORD_RESET,
                        MailKind.PASSWORD_RESET_ELSEWHERE,
                        userId,
                        recipient)
                    : tokens.send(
                        tx,
                        TokenPurpose.PASSWORD_RESET,
                        MailKind.PASSWORD_RESET,
                        userId,
                        recipient));
  }

  /**
   * Sets a new password: every session and refresh token of the account ends, waits after wrong
   * guesses end, and the address counts as confirmed, since its mail was read. When it was not
   * confirmed before, second factors and passkeys go: a stranger may have set them up.
   *
   * @return fails with {@link Problem} 400 for a weak password (the token stays good) and {@code
   *     invalid-token}, 429, 503
   */
  public Uni<Void> reset(String token, String password, RequestOrigin origin) {
    throttle.takeUse(origin);
    return transactions
        .inTransaction(tx -> unused(tx, token).flatMap(found -> account(tx, found)))
        .invoke(user -> policy.check("new_password", password, user.username(), user.email()))
        // Hashed between two transactions: nobody holds a connection while waiting for a worker.
        .flatMap(user -> passwords.hash(password))
        .flatMap(hash -> transactions.inTransaction(tx -> store(tx, token, hash, origin)))
        .flatMap(user -> logins.unlock(LoginThrottle.Subject.of(user, origin)))
        .onFailure(OneTimeTokens::isRefusal)
        .call(failure -> tokens.recordRefusal(TokenPurpose.PASSWORD_RESET, token, origin));
  }

  private Uni<OneTimeToken> unused(SqlConnection tx, String token) {
    return tokens
        .find(tx, TokenPurpose.PASSWORD_RESET, token)
        .invoke(
            found -> {
              if (found.usedAt() != null) {
                throw OneTimeTokens.refused();
              }
            });
  }

  private Uni<User> account(SqlConnection tx, OneTimeToken token) {
    return accounts
        .get(tx, token.userId())
        .map(found -> found.filter(User::isActive).orElseThrow(OneTimeTokens::refused));
  }

  private Uni<User> store(SqlConnection tx, String token, String hash, RequestOrigin origin) {
    return unused(tx, token)
        .call(found -> tokens.markUsed(tx, found))
        .flatMap(found -> store(tx, found, hash, origin));
  }

  private Uni<User> store(SqlConnection tx, OneTimeToken token, String hash, RequestOrigin origin) {
    Instant now = clock.instant();
    String userId = token.userId();
    return accounts
        .update(tx, userId, user -> reset(user, token, hash, now))
        .map(found -> found.orElseThrow(OneTimeTokens::refused))
        .call(user -> ending.endAll(tx, userId, "password_reset"))
        .call(user -> record(tx, user, origin, now))
        // Whoever has read the account's mail here is its owner, whoever else guesses at it.
        .call(user -> logins.remember(tx, userId, Networks.of(origin.address())))
        .call(
            user ->
                outbox.append(
                    tx,
                    new UserUpdated(
                        userId, List.of("password", "is_email_verified"), user.isActive(), now)))
        .call(user -> mails.queue(tx, MailKind.PASSWORD_CHANGED, userId, user.email(), null));
  }

  /** Takes what a stranger may have set up, and puts the reset into the audit. */
  private Uni<Void> record(SqlConnection tx, User user, RequestOrigin origin, Instant now) {
    String userId = user.userId();
    Uni<Boolean> removed =
        EmailVerification.isConfirmedAt(user, now)
            ? unproven.removeWhatWasSetUp(tx, userId)
            : Uni.createFrom().item(false);
    return removed.flatMap(
        some ->
            audit.append(
                tx,
                AuthEvent.now(
                    AuthEventType.PASSWORD_RESET,
                    userId,
                    userId,
                    origin,
                    some ? EmailVerification.CREDENTIALS_REMOVED : null,
                    now)));
  }

  private static User reset(User user, OneTimeToken token, String hash, Instant now) {
    @Nullable String present = user.hashedPassword();
    if (user.deletedAt() != null
        || !user.isActive()
        || present == null
        || !user.email().equalsIgnoreCase(token.email())) {
      throw OneTimeTokens.refused();
    }
    User changed = PasswordChange.withPassword(user, hash, now);
    return changed.isEmailVerified() ? changed : EmailVerification.withVerifiedEmail(changed, now);
  }
}
