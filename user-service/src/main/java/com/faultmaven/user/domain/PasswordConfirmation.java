package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the password again before the way one signs in is changed: a stolen access token must
 * not be enough. Wrong ones count as failed log-ins.
 */
@ApplicationScoped
public class PasswordConfirmation {
  private final AccountStore accounts;
  private final PasswordHashing passwords;
  private final RefreshTokenStore tokens;
  private final LoginThrottle throttle;
  private final AuthAuditLog audit;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public PasswordConfirmation(
      AccountStore accounts,
      PasswordHashing passwords,
      RefreshTokenStore tokens,
      LoginThrottle throttle,
      AuthAuditLog audit,
      Clock clock) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.tokens = tokens;
    this.throttle = throttle;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Confirms the caller by the password, for accounts that have one. The others are let through
   * with the token of a log-in that goes on: that of one that has ended, a stranger's for example,
   * is good for minutes more.
   *
   * @return the account; fails as {@link #confirm} does, but not with 409, and with 401 when the
   *     log-in has ended
   */
  public Uni<User> confirmIfThereIsOne(
      Actor actor, @Nullable String password, AuthEventType failed, @Nullable String detail) {
    return account(actor)
        .flatMap(
            user ->
                user.hashedPassword() == null
                    ? loggedIn(user, actor)
                    : check(user, actor, password, failed, detail));
  }

  /**
   * Confirms the caller by the password.
   *
   * @param failed what the audit says of a wrong one
   * @return the account; fails with {@link Problem} 400 without a password, 403 {@code
   *     wrong-password}, 409 {@code no-password}, 429 {@code too-many-attempts}, 503, and with 401
   *     when the account is gone
   */
  public Uni<User> confirm(
      Actor actor, @Nullable String password, AuthEventType failed, @Nullable String detail) {
    return account(actor)
        .flatMap(
            user ->
                user.hashedPassword() == null
                    ? Uni.createFrom()
                        .failure(
                            Problem.conflict(
                                "no-password",
                                "This account has no password; it signs in at its provider."))
                    : check(user, actor, password, failed, detail));
  }

  private Uni<User> loggedIn(User user, Actor actor) {
    String tokenId = actor.tokenId();
    Uni<Boolean> alive =
        tokenId == null ? Uni.createFrom().item(false) : tokens.isAlive(user.userId(), tokenId);
    return alive.map(
        goesOn -> {
          if (!goesOn) {
            throw new UnauthorizedException("the log-in has ended");
          }
          return user;
        });
  }

  private Uni<User> account(Actor actor) {
    return accounts
        .get(actor.userId())
        .map(found -> found.filter(User::isActive).orElseThrow(PasswordConfirmation::accountGone));
  }

  private Uni<User> check(
      User user,
      Actor actor,
      @Nullable String password,
      AuthEventType failed,
      @Nullable String detail) {
    if (password == null) {
      return Uni.createFrom()
          .failure(Problem.invalid("password", "is missing: this account has one"));
    }
    AuthEvent event =
        AuthEvent.now(
            failed, user.userId(), actor.userId(), actor.origin(), detail, clock.instant());
    return throttle.guard(
        LoginThrottle.Subject.of(user, actor.origin()),
        () ->
            passwords
                .matches(password, user.hashedPassword())
                .flatMap(
                    right ->
                        right
                            ? Uni.createFrom().item(user)
                            : audit
                                .append(event)
                                .flatMap(done -> Uni.createFrom().failure(wrongPassword()))));
  }

  static Problem wrongPassword() {
    return Problem.of(403, "wrong-password", "The present password is another one.");
  }

  /** The 401 of a caller whose account has ended since the token was made. */
  public static UnauthorizedException accountGone() {
    return new UnauthorizedException("no such account any more");
  }
}
