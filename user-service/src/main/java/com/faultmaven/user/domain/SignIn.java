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
 * @param newHash the password's hash at today's cost; null to keep the stored one
 */
public record SignIn(
    User user,
    Set<SignInMethod> methods,
    @Nullable String clientId,
    RequestOrigin origin,
    @Nullable String newHash) {
  public SignIn {
    methods = EnumSet.copyOf(methods);
  }
}
