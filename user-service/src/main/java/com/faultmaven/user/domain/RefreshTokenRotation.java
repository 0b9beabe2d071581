package com.faultmaven.user.domain;

import com.faultmaven.common.web.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Exchanges a refresh token for the next pair (decisions, section 7). A token is good for one use:
 * of two uses one wins, whoever comes second has a copy, and nobody can tell who is the thief, so
 * the whole family ends.
 */
@ApplicationScoped
public class RefreshTokenRotation {
  private final SigningKeys keys;
  private final TokenIssuer issuer;
  private final Counter refreshed;
  private final Counter refused;

  /** Wires the bean. */
  @Inject
  public RefreshTokenRotation(SigningKeys keys, TokenIssuer issuer, MeterRegistry metrics) {
    this.keys = keys;
    this.issuer = issuer;
    refreshed = metrics.counter("faultmaven.tokens.refreshes", "outcome", "success");
    refused = metrics.counter("faultmaven.tokens.refreshes", "outcome", "refused");
  }

  /**
   * Rotates.
   *
   * @return the next pair; fails with {@link Problem} 401 {@code invalid-refresh-token} for a token
   *     that is unknown, expired, used or ended
   */
  public Uni<Grant> rotate(String refreshToken, RequestOrigin origin) {
    TokenHash hash = TokenHash.of(refreshToken);
    return keys.current()
        .flatMap(key -> issuer.rotate(key, hash, origin))
        .invoke(grant -> (grant.isPresent() ? refreshed : refused).increment())
        .map(grant -> grant.orElseThrow(RefreshTokenRotation::refused));
  }

  private static Problem refused() {
    return Problem.of(
        401,
        "invalid-refresh-token",
        "The refresh token is unknown, expired, used already or ended; log in again.");
  }
}
