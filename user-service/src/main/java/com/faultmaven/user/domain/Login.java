package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Logging in with a password (decisions, section 7). An unknown account and a wrong password are
 * answered alike, after the same work: one look-up, one Argon2id computation, one audit row.
 */
@ApplicationScoped
public class Login {
  private final AccountStore accounts;
  private final PasswordHashing passwords;
  private final LoginThrottle throttle;
  private final SignInCompletion completion;
  private final AuthAuditLog audit;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Login(
      AccountStore accounts,
      PasswordHashing passwords,
      LoginThrottle throttle,
      SignInCompletion completion,
      AuthAuditLog audit,
      Clock clock) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.throttle = throttle;
    this.completion = completion;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Logs in, and opens or resumes the client's session when a client is named. When session-service
   * does not answer in time the tokens carry no session.
   *
   * @return tokens; fails with {@link Problem} 401 {@code invalid-credentials}, 403 {@code
   *     account-deactivated} (only when the password is right), 429 {@code too-many-attempts}, 503
   *     {@code password-check-busy}
   */
  public Uni<Grant> login(Credentials credentials, RequestOrigin origin) {
    throttle.take(credentials.account(), origin.address());
    return find(credentials)
        .flatMap(found -> authenticate(found.orElse(null), credentials, origin))
        .onFailure(failure -> !isWrongGuess(failure))
        .invoke(failure -> throttle.giveBack(credentials.account(), origin.address()))
        .invoke(grant -> throttle.succeeded(credentials.account(), origin.address()));
  }

  private Uni<Optional<User>> find(Credentials credentials) {
    return credentials.byEmail()
        ? accounts.getByEmail(credentials.login())
        : accounts.getByUsername(credentials.login());
  }

  private Uni<Grant> authenticate(
      @Nullable User user, Credentials credentials, RequestOrigin origin) {
    String hash = user == null ? null : user.hashedPassword();
    return passwords
        .matches(credentials.password(), hash)
        .flatMap(
            right -> {
              if (user == null || hash == null || !right) {
                return refuse(user, user == null ? "unknown_account" : "wrong_password", origin);
              }
              if (!user.isActive()) {
                return refuse(user, "deactivated", origin);
              }
              return newHash(credentials.password(), hash)
                  .flatMap(
                      rehashed ->
                          completion.complete(
                              new SignIn(
                                  user,
                                  EnumSet.of(SignInMethod.PASSWORD),
                                  credentials.clientId(),
                                  origin,
                                  rehashed.orElse(null))));
            });
  }

  private Uni<Grant> refuse(@Nullable User user, String why, RequestOrigin origin) {
    AuthEvent event =
        AuthEvent.now(
            AuthEventType.LOGIN_FAILED,
            user == null ? null : user.userId(),
            null,
            origin,
            why,
            clock.instant());
    Problem problem =
        "deactivated".equals(why)
            ? Problem.of(403, "account-deactivated", "This account is deactivated; ask an admin.")
            : invalidCredentials();
    return audit.append(event).flatMap(done -> Uni.createFrom().failure(problem));
  }

  static Problem invalidCredentials() {
    return Problem.of(
        401, "invalid-credentials", "There is no such account, or the password is wrong.");
  }

  private static boolean isWrongGuess(Throwable failure) {
    return failure instanceof Problem problem && problem.status() == 401;
  }

  private Uni<Optional<String>> newHash(String password, String hash) {
    return passwords.isOutdated(hash)
        ? passwords.hash(password).map(Optional::of)
        : Uni.createFrom().item(Optional.empty());
  }
}
