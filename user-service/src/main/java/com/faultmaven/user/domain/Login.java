package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Logging in with a password (decisions, section 7). An unknown account and a wrong password are
 * answered alike, after the same work: two look-ups, the second while the password is hashed, one
 * Argon2id computation, one audit row.
 */
@ApplicationScoped
public class Login {
  private static final String NOBODY = "nobody";

  private final AccountStore accounts;
  private final PasswordHashing passwords;
  private final LoginThrottle throttle;
  private final SecondFactorStep secondFactor;
  private final SignInCompletion completion;
  private final AuthAuditLog audit;
  private final VerificationSettings verification;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Login(
      AccountStore accounts,
      PasswordHashing passwords,
      LoginThrottle throttle,
      SecondFactorStep secondFactor,
      SignInCompletion completion,
      AuthAuditLog audit,
      VerificationSettings verification,
      Clock clock) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.throttle = throttle;
    this.secondFactor = secondFactor;
    this.completion = completion;
    this.audit = audit;
    this.verification = verification;
    this.clock = clock;
  }

  /**
   * Logs in, and opens or resumes the client's session when a client is named. When session-service
   * does not answer in time the tokens carry no session.
   *
   * @return tokens; fails with {@link Problem} 401 {@code invalid-credentials}, only when the
   *     password is right with 401 {@code second-factor-required}, 403 {@code account-deactivated}
   *     and {@code email-not-verified}, 429 {@code too-many-attempts}, 503 {@code
   *     password-check-busy}
   */
  public Uni<Grant> login(Credentials credentials, RequestOrigin origin) {
    return find(credentials)
        .flatMap(
            found -> {
              User user = found.orElse(null);
              return throttle.guard(
                  LoginThrottle.Subject.of(credentials.login(), user, origin),
                  () -> authenticate(user, credentials, origin),
                  proven -> complete(proven, credentials, origin));
            });
  }

  private Uni<Optional<User>> find(Credentials credentials) {
    return credentials.byEmail()
        ? accounts.getByEmail(credentials.login())
        : accounts.getByUsername(credentials.login());
  }

  /** The account, whose password was given and is all that it takes. */
  private Uni<User> authenticate(
      @Nullable User user, Credentials credentials, RequestOrigin origin) {
    String hash = user == null ? null : user.hashedPassword();
    // Asked while the hash runs, whose time it does not add to.
    Uni<Boolean> needsMore = secondFactor.isNeeded(user == null ? NOBODY : user.userId());
    return Uni.combine()
        .all()
        .unis(passwords.matches(credentials.password(), hash), needsMore)
        .asTuple()
        .flatMap(
            checked -> {
              if (user == null || hash == null || !checked.getItem1()) {
                String why = user == null ? "unknown_account" : "wrong_password";
                return refuse(user, why, origin, invalidCredentials());
              }
              if (!user.isActive()) {
                return refuse(user, "deactivated", origin, deactivated());
              }
              if (verification.requiredForLogin() && !user.isEmailVerified()) {
                return refuse(user, "email_not_verified", origin, notVerified());
              }
              return checked.getItem2()
                  ? secondFactor.challenge(user, credentials.clientId(), origin, null)
                  : Uni.createFrom().item(user);
            });
  }

  private Uni<Grant> complete(User user, Credentials credentials, RequestOrigin origin) {
    String hash = Objects.requireNonNull(user.hashedPassword());
    return newHash(credentials.password(), hash)
        .flatMap(
            rehashed ->
                completion.complete(
                    new SignIn(
                        user,
                        EnumSet.of(SignInMethod.PASSWORD),
                        credentials.clientId(),
                        origin,
                        new SignIn.ProvenPassword(hash, rehashed.orElse(null)))));
  }

  private Uni<User> refuse(@Nullable User user, String why, RequestOrigin origin, Problem problem) {
    AuthEvent event =
        AuthEvent.now(
            AuthEventType.LOGIN_FAILED,
            user == null ? null : user.userId(),
            null,
            origin,
            why,
            clock.instant());
    return audit.append(event).flatMap(done -> Uni.createFrom().failure(problem));
  }

  static Problem invalidCredentials() {
    return Problem.of(
        401, "invalid-credentials", "There is no such account, or the password is wrong.");
  }

  /** The 403 of who has proved to own an account that is stopped. */
  public static Problem deactivated() {
    return Problem.of(
        403, "account-deactivated", "This account is deactivated; ask an administrator.");
  }

  private static Problem notVerified() {
    return Problem.of(
        403,
        "email-not-verified",
        "Confirm your address first: the token is in the mail that you got. POST"
            + " /api/v1/auth/password/forgot sends another one.");
  }

  private Uni<Optional<String>> newHash(String password, String hash) {
    return passwords.isOutdated(hash)
        ? passwords.hash(password).map(Optional::of)
        : Uni.createFrom().item(Optional.empty());
  }
}
