package com.faultmaven.user.domain.sso;

import com.faultmaven.user.domain.TokenHash;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** Log-ins that wait for their callback. */
public interface SsoLoginStore {
  /** Adds one, and forgets some that have expired. */
  Uni<Void> add(SsoLogin login);

  /**
   * Takes one out, so that nobody else gets it: of any number of callbacks one alone.
   *
   * @return empty when there is none of this state, provider and browser that is alive
   */
  Uni<Optional<SsoLogin>> use(TokenHash state, String provider, TokenHash browser, Instant now);
}
