package com.faultmaven.user.domain.factor;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.AccountStore;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.Grant;
import com.faultmaven.user.domain.LoginThrottle;
import com.faultmaven.user.domain.RandomTokens;
import com.faultmaven.user.domain.RequestOrigin;
import com.faultmaven.user.domain.SecondFactorSettings;
import com.faultmaven.user.domain.SecondFactorStep;
import com.faultmaven.user.domain.SignIn;
import com.faultmaven.user.domain.SignInCompletion;
import com.faultmaven.user.domain.SignInMethod;
import com.faultmaven.user.domain.TokenHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Logging in to an account with a second factor: after the right password the client gets a
 * challenge instead of tokens, and exchanges it with a code for them.
 */
@ApplicationScoped
public class SecondFactorLogin implements SecondFactorStep {
  private final SecondFactors factors;
  private final SecondFactorStore store;
  private final AccountStore accounts;
  private final SignInCompletion completion;
  private final LoginThrottle throttle;
  private final RandomTokens random;
  private final AuthAuditLog audit;
  private final SecondFactorSettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public SecondFactorLogin(
      SecondFactors factors,
      SecondFactorStore store,
      AccountStore accounts,
      SignInCompletion completion,
      LoginThrottle throttle,
      RandomTokens random,
      AuthAuditLog audit,
      SecondFactorSettings settings,
      Clock clock) {
    this.factors = factors;
    this.store = store;
    this.accounts = accounts;
    this.completion = completion;
    this.throttle = throttle;
    this.random = random;
    this.audit = audit;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Uni<Boolean> isNeeded(String userId) {
    return factors.isEnrolled(userId);
  }

  @Override
  public <T> Uni<T> challenge(User user, @Nullable String clientId) {
    String challenge = random.next();
    Instant now = clock.instant();
    LoginChallenge row =
        new LoginChallenge(
            TokenHash.of(challenge),
            user.userId(),
            clientId,
            0,
            now,
            now.plus(settings.challengeLifetime()));
    Problem problem =
        Problem.of(
                401,
                "second-factor-required",
                "The password is right; send the challenge with a code to POST"
                    + " /api/v1/auth/login/second-factor.")
            .with("challenge", challenge)
            .with("methods", List.of("totp", "recovery_code"))
            .with("expires_in", settings.challengeLifetime().toSeconds());
    return store.open(row).flatMap(opened -> Uni.createFrom().failure(problem));
  }

  /**
   * Exchanges a challenge with a code for tokens.
   *
   * @return fails with {@link Problem} 401 {@code wrong-code} or {@code invalid-challenge}, 403
   *     {@code account-deactivated}, 429 {@code too-many-attempts}
   */
  public Uni<Grant> login(String challenge, SecondFactors.Proof proof, RequestOrigin origin) {
    TokenHash hash = TokenHash.of(challenge);
    return store
        // Counted before the code is looked at, so that parallel tries count.
        .countAttempt(hash)
        .map(found -> found.filter(this::isGood).orElseThrow(SecondFactorLogin::invalidChallenge))
        .flatMap(
            found ->
                accounts
                    .get(found.userId())
                    .map(user -> user.orElseThrow(SecondFactorLogin::invalidChallenge))
                    .flatMap(user -> login(found, user, proof, origin)));
  }

  private boolean isGood(LoginChallenge challenge) {
    return challenge.expiresAt().isAfter(clock.instant())
        && challenge.attempts() <= settings.challengeAttempts();
  }

  private Uni<Grant> login(
      LoginChallenge challenge, User user, SecondFactors.Proof proof, RequestOrigin origin) {
    SignInMethod second = proof.code() == null ? SignInMethod.RECOVERY_CODE : SignInMethod.TOTP;
    SignIn signIn =
        new SignIn(
            user,
            EnumSet.of(SignInMethod.PASSWORD, second),
            challenge.clientId(),
            origin,
            proven(challenge, user));
    return throttle.guard(
        LoginThrottle.Subject.of(user, origin).secondFactor(),
        () ->
            completion
                .complete(signIn, tx -> use(tx, challenge, proof))
                .onFailure(SecondFactorLogin::isWrongCode)
                .call(failure -> audit.append(failed(user, origin))));
  }

  /** The password that the challenge stands for, unless it was changed since. */
  private static SignIn.ProvenPassword proven(LoginChallenge challenge, User user) {
    String hash = user.hashedPassword();
    Instant changed = user.lastPasswordChangeAt();
    if (hash == null || (changed != null && changed.isAfter(challenge.createdAt()))) {
      throw invalidChallenge();
    }
    return new SignIn.ProvenPassword(hash, null);
  }

  /** The challenge and the code are used up together with what they give. */
  private Uni<Void> use(SqlConnection tx, LoginChallenge challenge, SecondFactors.Proof proof) {
    return factors
        .use(tx, challenge.userId(), proof)
        .invoke(
            right -> {
              if (!right) {
                throw SecondFactors.wrongCode(401);
              }
            })
        .flatMap(right -> store.close(tx, challenge.hash()))
        .invoke(
            closed -> {
              if (!closed) {
                throw invalidChallenge();
              }
            })
        .replaceWithVoid();
  }

  private static boolean isWrongCode(Throwable failure) {
    return failure instanceof Problem problem && problem.code().equals("wrong-code");
  }

  private AuthEvent failed(User user, RequestOrigin origin) {
    return AuthEvent.now(
        AuthEventType.SECOND_FACTOR_FAILED, user.userId(), null, origin, "login", clock.instant());
  }

  private static Problem invalidChallenge() {
    return Problem.of(
        401,
        "invalid-challenge",
        "The challenge is unknown, expired, used, or was tried too often; log in again.");
  }
}
