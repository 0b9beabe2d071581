package com.faultmaven.user.domain.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.AccountStore;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.Grant;
import com.faultmaven.user.domain.Login;
import com.faultmaven.user.domain.LoginThrottle;
import com.faultmaven.user.domain.RequestOrigin;
import com.faultmaven.user.domain.SignIn;
import com.faultmaven.user.domain.SignInCompletion;
import com.faultmaven.user.domain.SignInMethod;
import com.faultmaven.user.domain.passkey.PasskeyVerification.Used;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signing in with a passkey: it says itself whose it is, and has checked its owner. Whatever is
 * wrong gets one answer; the audit alone says what it was.
 */
@ApplicationScoped
public class PasskeyLogin {
  private static final Logger LOG = Logger.getLogger(PasskeyLogin.class);

  private final AccountStore accounts;
  private final PasskeyStore passkeys;
  private final PasskeyVerification verification;
  private final Challenges challenges;
  private final LoginThrottle throttle;
  private final SignInCompletion completion;
  private final AuthAuditLog audit;
  private final PasskeySettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public PasskeyLogin(
      AccountStore accounts,
      PasskeyStore passkeys,
      PasskeyVerification verification,
      Challenges challenges,
      LoginThrottle throttle,
      SignInCompletion completion,
      AuthAuditLog audit,
      PasskeySettings settings,
      Clock clock) {
    this.accounts = accounts;
    this.passkeys = passkeys;
    this.verification = verification;
    this.challenges = challenges;
    this.throttle = throttle;
    this.completion = completion;
    this.audit = audit;
    this.settings = settings;
    this.clock = clock;
  }

  /** Begins: what the browser needs. It names no passkey, so it tells nothing about accounts. */
  public SignInOptions begin() {
    return new SignInOptions(
        settings.rpId(), challenges.forSignIn(), settings.challengeLifetime().toMillis());
  }

  /**
   * Signs in with what the browser has made. Failures count for the address.
   *
   * @param credential the browser's {@code AuthenticationResponseJSON}
   * @param clientId device or client whose session is opened or resumed; null for none
   * @return tokens; fails with {@link Problem} 401 {@code passkey-refused}, 403 {@code
   *     account-deactivated} (only when all else is right), 429 {@code too-many-attempts}, 503
   *     {@code passkey-check-busy}
   */
  public Uni<Grant> login(JsonNode credential, @Nullable String clientId, RequestOrigin origin) {
    return throttle.guardNetwork(origin, () -> signIn(credential, clientId, origin));
  }

  private Uni<Grant> signIn(JsonNode credential, @Nullable String clientId, RequestOrigin origin) {
    return Uni.createFrom()
        .item(() -> Assertion.of(credential))
        .flatMap(
            assertion ->
                passkeys
                    .find(assertion.credentialId())
                    .map(found -> found.orElseThrow(() -> new PasskeyRefused("unknown")))
                    .flatMap(passkey -> signIn(assertion, passkey, clientId, origin)))
        .onFailure(PasskeyRefused.class)
        .recoverWithUni(failure -> refuse(null, failure, origin));
  }

  private Uni<Grant> signIn(
      Assertion assertion, Passkey passkey, @Nullable String clientId, RequestOrigin origin) {
    return verification
        .used(assertion, passkey)
        .flatMap(
            used ->
                accounts
                    .get(passkey.userId())
                    .map(found -> found.orElseThrow(() -> new PasskeyRefused("deleted")))
                    .flatMap(user -> complete(user, passkey, used, clientId, origin)))
        .onFailure(PasskeyRefused.class)
        .recoverWithUni(failure -> refuse(passkey.userId(), failure, origin));
  }

  private Uni<Grant> complete(
      User user, Passkey passkey, Used used, @Nullable String clientId, RequestOrigin origin) {
    if (!user.isActive()) {
      return audit
          .append(failed(user.userId(), "deactivated", origin))
          .flatMap(done -> Uni.createFrom().failure(Login.deactivated()));
    }
    return completion
        .complete(
            new SignIn(user, EnumSet.of(SignInMethod.PASSKEY), clientId, origin, null),
            tx -> use(tx, passkey, used))
        // Deactivated or deleted since the look-up.
        .onFailure(PasskeyLogin::isRefusal)
        .transform(failure -> new PasskeyRefused("deactivated", failure));
  }

  private Uni<Void> use(SqlConnection tx, Passkey passkey, Used used) {
    Instant now = clock.instant();
    return passkeys
        .useChallenge(tx, used.challenge(), now)
        .invoke(unused -> require(unused, "challenge_used"))
        .flatMap(
            unused ->
                passkeys.recordUse(tx, passkey.passkeyId(), used.signCount(), used.backedUp(), now))
        // Removed, or its counter has gone on, since the look-up.
        .invoke(recorded -> require(recorded, "overtaken"))
        .replaceWithVoid();
  }

  private static void require(boolean condition, String word) {
    if (!condition) {
      throw new PasskeyRefused(word);
    }
  }

  private Uni<Grant> refuse(@Nullable String userId, Throwable failure, RequestOrigin origin) {
    String word = failure instanceof PasskeyRefused refused ? refused.word() : "malformed";
    LOG.debugf(failure, "A sign-in with a passkey is refused");
    return audit
        .append(failed(userId, word, origin))
        .flatMap(
            done ->
                Uni.createFrom()
                    .failure(
                        Problem.of(
                            401,
                            "passkey-refused",
                            "This passkey does not sign in here; begin again or sign in another"
                                + " way.")));
  }

  private AuthEvent failed(@Nullable String userId, String word, RequestOrigin origin) {
    return AuthEvent.now(
        AuthEventType.LOGIN_FAILED, userId, null, origin, "passkey_" + word, clock.instant());
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof Problem problem && problem.status() == 401;
  }
}
