package com.faultmaven.user.domain;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserUpdated;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.model.user.UserProfile;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.mail.MailKind;
import com.faultmaven.user.domain.mail.Mails;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Confirms that the owner of an account owns its address (specification 2.2). */
@ApplicationScoped
public class EmailVerification {
  /** What the audit adds when second factors or passkeys were removed with it. */
  static final String CREDENTIALS_REMOVED = "credentials_removed";

  private final AccountStore accounts;
  private final OneTimeTokens tokens;
  private final MailThrottle throttle;
  private final UnprovenCredentials unproven;
  private final Mails mails;
  private final AuthAuditLog audit;
  private final Outbox outbox;
  private final Transactions transactions;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public EmailVerification(
      AccountStore accounts,
      OneTimeTokens tokens,
      MailThrottle throttle,
      UnprovenCredentials unproven,
      Mails mails,
      AuthAuditLog audit,
      Outbox outbox,
      Transactions transactions,
      Clock clock) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.throttle = throttle;
    this.unproven = unproven;
    this.mails = mails;
    this.audit = audit;
    this.outbox = outbox;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Sends the caller another mail; the token of the one before is good no more.
   *
   * @return fails with {@link Problem} 409 {@code email-already-verified}, 429 {@code
   *     too-many-attempts}, and 401 when the account is gone
   */
  public Uni<Void> request(Actor actor) {
    return accounts
        .get(actor.userId())
        .map(found -> found.filter(User::isActive).orElseThrow(UnauthorizedException::new))
        .invoke(EmailVerification::requireUnverified)
        .invoke(
            user ->
                throttle.takeMail(TokenPurpose.EMAIL_VERIFICATION, user.email(), actor.origin()))
        .flatMap(user -> transactions.inTransaction(tx -> send(tx, user, actor)));
  }

  /** Queues the mail of a new account. */
  Uni<Void> send(SqlConnection tx, User user) {
    return tokens.send(
        tx,
        TokenPurpose.EMAIL_VERIFICATION,
        MailKind.EMAIL_VERIFICATION,
        user.userId(),
        user.email());
  }

  private Uni<Void> send(SqlConnection tx, User user, Actor actor) {
    AuthEvent event =
        AuthEvent.now(
            AuthEventType.EMAIL_VERIFICATION_REQUESTED,
            user.userId(),
            actor.userId(),
            actor.origin(),
            null,
            clock.instant());
    return audit.append(tx, event).flatMap(done -> send(tx, user));
  }

  private static void requireUnverified(User user) {
    if (user.isEmailVerified()) {
      throw Problem.conflict("email-already-verified", "The address is confirmed already.");
    }
  }

  /**
   * Confirms an address. The same token once more changes nothing and gets the same answer. Second
   * factors and passkeys from before go: a stranger may have set them up, and they would survive
   * the owner's new password. The password and log-ins stay, which a new password ends.
   *
   * @return the account; fails with {@link Problem} 400 {@code invalid-token}, 429
   */
  public Uni<UserProfile> confirm(String token, RequestOrigin origin) {
    throttle.takeUse(origin);
    return transactions
        .inTransaction(
            tx ->
                tokens
                    .find(tx, TokenPurpose.EMAIL_VERIFICATION, token)
                    .flatMap(
                        found ->
                            found.usedAt() == null
                                ? confirm(tx, found, origin)
                                : accounts.get(tx, found.userId()))
                    .map(user -> user.orElseThrow(OneTimeTokens::refused).profile()))
        .onFailure(OneTimeTokens::isRefusal)
        .call(failure -> tokens.recordRefusal(TokenPurpose.EMAIL_VERIFICATION, token, origin));
  }

  private Uni<Optional<User>> confirm(SqlConnection tx, OneTimeToken token, RequestOrigin origin) {
    Instant now = clock.instant();
    return tokens
        .markUsed(tx, token)
        .flatMap(used -> accounts.update(tx, token.userId(), user -> verified(user, token, now)))
        .call(user -> record(tx, user, token.userId(), origin, now))
        .call(
            user ->
                outbox.append(
                    tx,
                    new UserUpdated(
                        token.userId(),
                        List.of("is_email_verified"),
                        user.map(User::isActive).orElse(false),
                        now)));
  }

  /** Takes what a stranger may have set up, and puts the confirmation into the audit. */
  private Uni<Void> record(
      SqlConnection tx, Optional<User> found, String userId, RequestOrigin origin, Instant now) {
    Optional<User> confirmed = found.filter(user -> isConfirmedAt(user, now));
    return confirmed
        .map(user -> unproven.removeWhatWasSetUp(tx, userId))
        .orElseGet(() -> Uni.createFrom().item(false))
        .call(
            removed ->
                removed
                    ? mails.queue(
                        tx, MailKind.SIGN_IN_CHANGED, userId, confirmed.orElseThrow().email(), null)
                    : Uni.createFrom().voidItem())
        .flatMap(
            removed ->
                audit.append(
                    tx,
                    AuthEvent.now(
                        AuthEventType.EMAIL_VERIFIED,
                        userId,
                        userId,
                        origin,
                        removed ? CREDENTIALS_REMOVED : null,
                        now)));
  }

  /** Whether the address was confirmed at this time, and not before. */
  static boolean isConfirmedAt(User user, Instant time) {
    return time.equals(user.emailVerifiedAt());
  }

  private static User verified(User user, OneTimeToken token, Instant now) {
    if (user.deletedAt() != null || !user.email().equalsIgnoreCase(token.email())) {
      throw OneTimeTokens.refused();
    }
    return user.isEmailVerified() ? user : withVerifiedEmail(user, now);
  }

  /** The account with its address confirmed. */
  static User withVerifiedEmail(User user, Instant now) {
    return user.toBuilder().isEmailVerified(true).emailVerifiedAt(now).updatedAt(now).build();
  }
}
