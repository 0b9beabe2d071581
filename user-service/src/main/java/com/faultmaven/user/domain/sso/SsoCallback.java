package com.faultmaven.user.domain.sso;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.security.AtRestEncryption;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.Grant;
import com.faultmaven.user.domain.ProviderLink;
import com.faultmaven.user.domain.RequestOrigin;
import com.faultmaven.user.domain.SecondFactorStep;
import com.faultmaven.user.domain.SignIn;
import com.faultmaven.user.domain.SignInCompletion;
import com.faultmaven.user.domain.SignInMethod;
import com.faultmaven.user.domain.TokenHash;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Base64;
import java.util.EnumSet;
import org.jboss.logging.Logger;

/**
 * The second half of a log-in: takes what the browser brings back, asks the provider who it is, and
 * gives tokens. The state is used up first, whatever comes of it, so that of any number of
 * callbacks one alone reaches the provider.
 */
@ApplicationScoped
public class SsoCallback {
  private static final Logger LOG = Logger.getLogger(SsoCallback.class);

  private final SsoProviders providers;
  private final ProviderDirectory directory;
  private final OpenIdClient client;
  private final IdTokenVerifier verifier;
  private final SsoLoginStore logins;
  private final SsoAccounts accounts;
  private final SsoThrottle throttle;
  private final SecondFactorStep secondFactor;
  private final SignInCompletion completion;
  private final AtRestEncryption encryption;
  private final AuthAuditLog audit;
  private final SsoSettings settings;
  private final MeterRegistry metrics;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public SsoCallback(
      SsoProviders providers,
      ProviderDirectory directory,
      OpenIdClient client,
      IdTokenVerifier verifier,
      SsoLoginStore logins,
      SsoAccounts accounts,
      SsoThrottle throttle,
      SecondFactorStep secondFactor,
      SignInCompletion completion,
      AtRestEncryption encryption,
      AuthAuditLog audit,
      SsoSettings settings,
      MeterRegistry metrics,
      Clock clock) {
    this.providers = providers;
    this.directory = directory;
    this.client = client;
    this.verifier = verifier;
    this.logins = logins;
    this.accounts = accounts;
    this.throttle = throttle;
    this.secondFactor = secondFactor;
    this.completion = completion;
    this.encryption = encryption;
    this.audit = audit;
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Finishes a log-in.
   *
   * @return tokens; fails with {@link Problem} 400 {@code sso-state-invalid}, 401 {@code
   *     sso-refused} or {@code second-factor-required} with a challenge, before an account with a
   *     second factor is tied to somebody for the first time; 403 {@code sso-email-unverified} or
   *     {@code account-deactivated}, 404, 409 {@code sso-linked-elsewhere}, 429 {@code
   *     too-many-attempts}, 503 {@code sso-provider-unavailable} or {@code sso-busy}
   */
  public Uni<Grant> finish(String providerName, SsoAnswer answer, RequestOrigin origin) {
    SsoProvider provider = providers.require(providerName);
    throttle.takeCallback(origin.address());
    return use(provider, answer)
        .flatMap(login -> signIn(provider, login, answer, origin))
        .invoke(grant -> count(provider.name(), "signed_in"))
        .onFailure(SsoRefusedException.class)
        .recoverWithUni(failure -> refuse(provider, (SsoRefusedException) failure, origin))
        .onFailure(ProviderUnavailableException.class)
        .transform(failure -> unavailable(provider, failure));
  }

  private Uni<SsoLogin> use(SsoProvider provider, SsoAnswer answer) {
    String state = answer.state();
    String browser = answer.browser();
    if (state == null || browser == null) {
      return Uni.createFrom().failure(new SsoRefusedException(SsoRefusal.STATE_INVALID));
    }
    return logins
        .use(TokenHash.of(state), provider.name(), TokenHash.of(browser), clock.instant())
        .map(found -> found.orElseThrow(() -> new SsoRefusedException(SsoRefusal.STATE_INVALID)));
  }

  private Uni<Grant> signIn(
      SsoProvider provider, SsoLogin login, SsoAnswer answer, RequestOrigin origin) {
    String code = answer.code();
    if (code == null || answer.error() != null) {
      return Uni.createFrom().failure(new SsoRefusedException(SsoRefusal.ofError(answer.error())));
    }
    return directory
        .metadata(provider)
        .flatMap(metadata -> client.exchange(provider, metadata, exchange(provider, login, code)))
        .flatMap(idToken -> verifier.verify(provider, idToken, login))
        .flatMap(identity -> complete(identity, login, origin));
  }

  private CodeExchange exchange(SsoProvider provider, SsoLogin login, String code) {
    byte[] opened =
        encryption.decrypt(
            Base64.getDecoder().decode(login.sealedVerifier()),
            login.encryptionKeyId(),
            SsoStart.sealContext(login.state().hex()));
    return new CodeExchange(code, new String(opened, US_ASCII), providers.redirectUri(provider));
  }

  private Uni<Grant> complete(SsoIdentity identity, SsoLogin login, RequestOrigin origin) {
    return accounts
        .of(identity, origin)
        .flatMap(
            account -> {
              ProviderLink awaiting = account.awaiting();
              if (awaiting == null) {
                return complete(account.user(), identity, login, origin);
              }
              count(identity.provider(), "second_factor_required");
              return secondFactor.challenge(account.user(), login.clientId(), origin, awaiting);
            });
  }

  private Uni<Grant> complete(
      User user, SsoIdentity identity, SsoLogin login, RequestOrigin origin) {
    EnumSet<SignInMethod> methods =
        EnumSet.of(
            identity.secondFactor() ? SignInMethod.SSO_WITH_SECOND_FACTOR : SignInMethod.SSO);
    return completion
        .complete(new SignIn(user, methods, login.clientId(), origin, null))
        // Deactivated or deleted since the look-up.
        .onFailure(failure -> failure instanceof Problem problem && problem.status() == 401)
        .transform(failure -> new SsoRefusedException(SsoRefusal.DEACTIVATED, user.userId()));
  }

  private Uni<Grant> refuse(
      SsoProvider provider, SsoRefusedException refused, RequestOrigin origin) {
    SsoRefusal refusal = refused.refusal();
    count(provider.name(), refusal.wireName());
    LOG.infof("Log-in at %s refused: %s", provider.name(), refusal.wireName());
    AuthEvent event =
        AuthEvent.now(
            AuthEventType.LOGIN_FAILED,
            refused.userId(),
            null,
            origin,
            "sso_" + refusal.wireName(),
            clock.instant());
    return audit.append(event).flatMap(done -> Uni.createFrom().failure(refusal.problem()));
  }

  private Problem unavailable(SsoProvider provider, Throwable failure) {
    count(provider.name(), "unavailable");
    LOG.warnf("Log-in at %s failed: %s", provider.name(), failure.getMessage());
    return SsoStart.unavailable(provider, settings);
  }

  private void count(String provider, String outcome) {
    metrics
        .counter("faultmaven.sso.callbacks", "provider", provider, "outcome", outcome)
        .increment();
  }
}
