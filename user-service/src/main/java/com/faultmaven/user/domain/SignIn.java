package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has proved who they are, before tokens are given.
 *
 * @param user whose account
 * @param methods how, at least one
 * @param clientId device or client whose session is opened or resumed; null for none
 * @param origin where the request came from
 * @param password what the password was checked against; null when it was no password
 */
public record SignIn(
    User user,
    Set<SignInMethod> methods,
    @Nullable String clientId,
    RequestOrigin origin,
    @Nullable ProvenPassword password) {
  public SignIn {
    methods = EnumSet.copyOf(methods);
  }

  /**
   * A password that was right.
   *
   * @param hash the stored hash that it was checked against: when the account has another one by
   *     now, it is right no more
   * @param newHash its hash at today's cost; null to keep the stored one
   */
  public record ProvenPassword(String hash, @Nullable String newHash) {
    /** Shows nothing. */
    @Override
    public String toString() {
      return "ProvenPassword[]";
    }
  }
}
