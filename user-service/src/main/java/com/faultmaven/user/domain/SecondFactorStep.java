package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * What comes between a right password, or another issuer's word for the first time, and tokens, for
 * accounts with a second factor.
 */
public interface SecondFactorStep {
  /** Whether a log-in to the account needs a second factor. */
  Uni<Boolean> isNeeded(String userId);

  /**
   * Asks for the second factor.
   *
   * @param link what ties the account to somebody at another issuer when the second factor is
   *     right; null when the password was right
   * @return always fails, with {@link Problem} 401 {@code second-factor-required}, which holds a
   *     challenge to be exchanged with a code
   */
  <T> Uni<T> challenge(
      User user, @Nullable String clientId, RequestOrigin origin, @Nullable ProviderLink link);
}
