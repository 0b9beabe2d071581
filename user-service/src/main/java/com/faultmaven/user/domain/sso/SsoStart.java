package com.faultmaven.user.domain.sso;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.common.security.AtRestEncryption;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.RequestOrigin;
import com.faultmaven.user.domain.TokenHash;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The first half of a log-in: sends a browser to a provider, with PKCE, state and nonce. */
@ApplicationScoped
public class SsoStart {
  private static final Logger LOG = Logger.getLogger(SsoStart.class);
  private static final int SECRET_BYTES = 32;
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final SsoProviders providers;
  private final ProviderDirectory directory;
  private final SsoLoginStore logins;
  private final SsoThrottle throttle;
  private final AtRestEncryption encryption;
  private final SsoSettings settings;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** Wires the bean. */
  @Inject
  public SsoStart(
      SsoProviders providers,
      ProviderDirectory directory,
      SsoLoginStore logins,
      SsoThrottle throttle,
      AtRestEncryption encryption,
      SsoSettings settings,
      Clock clock) {
    this.providers = providers;
    this.directory = directory;
    this.logins = logins;
    this.throttle = throttle;
    this.encryption = encryption;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Starts a log-in.
   *
   * @param providerName which provider
   * @param clientId device or client whose session is opened in the end, null for none
   * @param browser the cookie that the browser has from an earlier start, null when it has none: it
   *     is kept, so that log-ins in several tabs do not disturb one another
   * @return where to go; fails with {@link Problem} 404, 429 {@code too-many-attempts}, 503 {@code
   *     sso-provider-unavailable}
   */
  public Uni<StartedLogin> start(
      String providerName,
      @Nullable String clientId,
      @Nullable String browser,
      RequestOrigin origin) {
    SsoProvider provider = providers.require(providerName);
    throttle.takeStart(origin.address());
    String cookie = browser != null && SECRET.matcher(browser).matches() ? browser : secret();
    return directory
        .metadata(provider)
        .onFailure(ProviderUnavailableException.class)
        .transform(
            failure -> {
              LOG.warnf("No log-in at %s: %s", provider.name(), failure.getMessage());
              return unavailable(provider, settings);
            })
        .flatMap(metadata -> store(provider, metadata, clientId, cookie));
  }

  /** The answer when a provider is away. */
  static Problem unavailable(SsoProvider provider, SsoSettings settings) {
    return Problem.unavailable(
        "sso-provider-unavailable",
        provider.displayName() + " does not answer at the moment; try again.",
        settings.retryAfter());
  }

  /** What an encrypted verifier belongs to: the hash of its state, in hexadecimal digits. */
  public static String sealContext(String stateHash) {
    return "sso login " + stateHash;
  }

  private Uni<StartedLogin> store(
      SsoProvider provider, ProviderMetadata metadata, @Nullable String clientId, String cookie) {
    String state = secret();
    String nonce = secret();
    String verifier = secret();
    TokenHash stateHash = TokenHash.of(state);
    byte[] sealed = encryption.encrypt(verifier.getBytes(US_ASCII), sealContext(stateHash.hex()));
    Instant now = clock.instant();
    SsoLogin login =
        new SsoLogin(
            stateHash,
            provider.name(),
            TokenHash.of(cookie),
            TokenHash.of(nonce),
            Base64.getEncoder().encodeToString(sealed),
            encryption.keyId(),
            clientId,
            now,
            now.plus(settings.stateLifetime()));
    URI location = location(provider, metadata, state, nonce, TokenHash.of(verifier));
    return logins
        .add(login)
        .replaceWith(
            new StartedLogin(
                location, cookie, settings.stateLifetime(), providers.comeBackOverTls()));
  }

  private URI location(
      SsoProvider provider,
      ProviderMetadata metadata,
      String state,
      String nonce,
      TokenHash verifier) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", provider.clientId());
    parameters.put("redirect_uri", providers.redirectUri(provider));
    parameters.put("scope", String.join(" ", provider.scopes()));
    parameters.put("state", state);
    parameters.put("nonce", nonce);
    parameters.put("code_challenge", verifier.base64Url());
    parameters.put("code_challenge_method", "S256");
    String query =
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    URI endpoint = metadata.authorizationEndpoint();
    return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + query);
  }

  private String secret() {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }
}
