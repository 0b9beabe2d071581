package com.faultmaven.user.domain.factor;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.AccountStore;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.Grant;
import com.faultmaven.user.domain.LoginThrottle;
import com.faultmaven.user.domain.ProviderLink;
import com.faultmaven.user.domain.ProviderLinking;
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
 * challenge instead of tokens, and exchanges it with a code for them. So does a single sign-on that
 * would be tied to the account by its address: whoever has the mailbox, or the issuer, has neither
 * the password nor the second factor yet.
 */
@ApplicationScoped
public class SecondFactorLogin implements SecondFactorStep {
  private static final String INVALID_CHALLENGE = "invalid-challenge";

  private final SecondFactors factors;
  private final SecondFactorStore store;
  private final AccountStore accounts;
  private final SignInCompletion completion;
  private final ProviderLinking linking;
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
      ProviderLinking linking,
      LoginThrottle throttle,
      RandomTokens random,
      AuthAuditLog audit,
      SecondFactorSettings settings,
      Clock clock) {
    this.factors = factors;
    this.store = store;
    this.accounts = accounts;
    this.completion = completion;
    this.linking = linking;
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
  public <T> Uni<T> challenge(
      User user, @Nullable String clientId, RequestOrigin origin, @Nullable ProviderLink link) {
    String challenge = random.next();
    Instant now = clock.instant();
    LoginChallenge row =
        new LoginChallenge(
            TokenHash.of(challenge),
            user.userId(),
            clientId,
            link,
            0,
            now,
            now.plus(settings.challengeLifetime()));
    Problem problem =
        Problem.of(
                401,
                "second-factor-required",
                (link == null
                        ? "The password is right"
                        : "There is an account with this address, which has a second factor")
                    + "; send the challenge with a code to POST /api/v1/auth/login/second-factor.")
            .with("challenge", challenge)
            .with("methods", List.of("totp", "recovery_code"))
            .with("expires_in", settings.challengeLifetime().toSeconds());
    AuthEvent event =
        AuthEvent.now(
            AuthEventType.SECOND_FACTOR_REQUIRED,
            user.userId(),
            null,
            origin,
            link == null ? "password" : "sso",
            now);
    return store
        .open(row)
        .flatMap(opened -> audit.append(event))
        .flatMap(done -> Uni.createFrom().failure(problem));
  }

  /**
   * Exchanges a challenge with a code for tokens.
   *
   * @return fails with {@link Problem} 401 {@code wrong-code} or {@code invalid-challenge}, 403
   *     {@code account-deactivated}, 409 {@code sso-linked-elsewhere}, 429 {@code
   *     too-many-attempts}
   */
  public Uni<Grant> login(String challenge, SecondFactors.Proof proof, RequestOrigin origin) {
    TokenHash hash = TokenHash.of(challenge);
    return store
        // Counted before the code is looked at, so that parallel tries count.
        .countAttempt(hash)
        // Nothing is known of an unknown one, which anybody can send without end: no row for it.
        .map(found -> found.orElseThrow(SecondFactorLogin::invalidChallenge))
        .flatMap(
            found ->
                login(found, proof, origin)
                    .onFailure(SecondFactorLogin::isInvalidChallenge)
                    .call(failure -> recordInvalid(found, origin)));
  }

  private Uni<Grant> login(
      LoginChallenge challenge, SecondFactors.Proof proof, RequestOrigin origin) {
    if (!isGood(challenge)) {
      return Uni.createFrom().failure(invalidChallenge());
    }
    return accounts
        .get(challenge.userId())
        .map(user -> user.orElseThrow(SecondFactorLogin::invalidChallenge))
        .flatMap(user -> login(challenge, user, proof, origin));
  }

  /** A few for each challenge: whoever has one can send it without end. */
  private Uni<Void> recordInvalid(LoginChallenge challenge, RequestOrigin origin) {
    return challenge.attempts() > settings.challengeAttempts() + 1
        ? Uni.createFrom().voidItem()
        : audit.append(failed(challenge.userId(), "invalid_challenge", origin));
  }

  private boolean isGood(LoginChallenge challenge) {
    return challenge.expiresAt().isAfter(clock.instant())
        && challenge.attempts() <= settings.challengeAttempts();
  }

  private Uni<Grant> login(
      LoginChallenge challenge, User user, SecondFactors.Proof proof, RequestOrigin origin) {
    SignInMethod second = proof.code() == null ? SignInMethod.RECOVERY_CODE : SignInMethod.TOTP;
    SignInMethod first = challenge.link() == null ? SignInMethod.PASSWORD : SignInMethod.SSO;
    SignIn signIn =
        new SignIn(
            user,
            EnumSet.of(first, second),
            challenge.clientId(),
            origin,
            challenge.link() == null ? proven(challenge, user) : null);
    return throttle.guard(
        LoginThrottle.Subject.ofSecondFactor(user, origin),
        () ->
            completion
                .complete(
                    signIn,
                    tx -> use(tx, challenge, proof).flatMap(used -> link(tx, challenge, origin)))
                .onFailure(SecondFactorLogin::isWrongCode)
                .call(failure -> audit.append(failed(user.userId(), "login", origin))));
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

  private Uni<Void> link(SqlConnection tx, LoginChallenge challenge, RequestOrigin origin) {
    ProviderLink link = challenge.link();
    return link == null
        ? Uni.createFrom().voidItem()
        : linking.link(tx, challenge.userId(), link, origin);
  }

  private static boolean isWrongCode(Throwable failure) {
    return failure instanceof Problem problem && problem.code().equals("wrong-code");
  }

  private static boolean isInvalidChallenge(Throwable failure) {
    return failure instanceof Problem problem && problem.code().equals(INVALID_CHALLENGE);
  }

  private AuthEvent failed(String userId, String detail, RequestOrigin origin) {
    return AuthEvent.now(
        AuthEventType.SECOND_FACTOR_FAILED, userId, null, origin, detail, clock.instant());
  }

  private static Problem invalidChallenge() {
    return Problem.of(
        401,
        INVALID_CHALLENGE,
        "The challenge is unknown, expired, used, or was tried too often; log in again.");
  }
}
