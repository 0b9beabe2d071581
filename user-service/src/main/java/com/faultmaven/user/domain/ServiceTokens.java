package com.faultmaven.user.domain;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Tokens with which services of the suite call one another (decisions, section 7): client
 * credentials against an access token in the role {@code service}.
 */
@ApplicationScoped
public class ServiceTokens {
  private static final int SHORTEST_SECRET = 32;

  /** Compared with when the client is unknown, so that this takes as long. */
  private static final TokenHash NOBODY = TokenHash.of("");

  private final Map<String, TokenHash> clients = new HashMap<>();
  private final SigningKeys keys;
  private final AccessTokens accessTokens;
  private final LoginThrottle throttle;
  private final AuthAuditLog audit;
  private final TokenSettings settings;
  private final Clock clock;

  /**
   * Wires the bean.
   *
   * @param clients {@code name:secret}, one for each service that calls others
   * @throws IllegalArgumentException when one is not of this form, or its secret is shorter than 32
   *     characters; the message does not repeat it
   */
  @Inject
  public ServiceTokens(
      @ConfigProperty(name = "faultmaven.service-clients") Optional<List<String>> clients,
      SigningKeys keys,
      AccessTokens accessTokens,
      LoginThrottle throttle,
      AuthAuditLog audit,
      TokenSettings settings,
      Clock clock) {
    clients.orElse(List.of()).forEach(this::add);
    this.keys = keys;
    this.accessTokens = accessTokens;
    this.throttle = throttle;
    this.audit = audit;
    this.settings = settings;
    this.clock = clock;
  }

  private void add(String client) {
    int colon = client.indexOf(':');
    if (colon < 1 || client.length() - colon - 1 < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "faultmaven.service-clients needs name:secret, the secret of 32 characters or more");
    }
    clients.put(
        client.substring(0, colon).strip(), TokenHash.of(client.substring(colon + 1).strip()));
  }

  /**
   * An access token of a service.
   *
   * @param token JWT
   * @param expiresIn its life in seconds
   */
  public record ServiceToken(String token, long expiresIn) {
    /** Shows nothing. */
    @Override
    public String toString() {
      return "ServiceToken[]";
    }
  }

  /**
   * Gives a token. The right secret gets one whatever others have guessed: they must not be able to
   * shut a service out, and a secret of such a length is not guessed. Wrong ones are slowed down,
   * so that they do not fill the audit.
   *
   * @return fails with {@link Problem} 401 {@code invalid-client}, 429 {@code too-many-attempts}
   */
  public Uni<ServiceToken> issue(String clientId, String secret, RequestOrigin origin) {
    return isRight(clientId, secret)
        ? issue(clientId, origin)
        : throttle.guard(LoginThrottle.Subject.ofService(clientId, origin), () -> refuse(origin));
  }

  private boolean isRight(String clientId, String secret) {
    TokenHash expected = clients.get(clientId);
    boolean same = (expected == null ? NOBODY : expected).matches(secret);
    return expected != null && same;
  }

  private Uni<ServiceToken> issue(String clientId, RequestOrigin origin) {
    return audit
        .append(event(AuthEventType.SERVICE_TOKEN_ISSUED, clientId, origin))
        .flatMap(done -> keys.current())
        .map(
            key ->
                new ServiceToken(
                    accessTokens.signService(key, clientId, Ids.next()),
                    settings.accessLifetime().toSeconds()));
  }

  private <T> Uni<T> refuse(RequestOrigin origin) {
    return audit
        .append(event(AuthEventType.SERVICE_TOKEN_REFUSED, null, origin))
        .flatMap(done -> Uni.createFrom().failure(invalidClient()));
  }

  private AuthEvent event(AuthEventType type, @Nullable String client, RequestOrigin origin) {
    return AuthEvent.now(type, null, client, origin, null, clock.instant());
  }

  private static Problem invalidClient() {
    return Problem.of(401, "invalid-client", "There is no such client, or its secret is wrong.");
  }
}
