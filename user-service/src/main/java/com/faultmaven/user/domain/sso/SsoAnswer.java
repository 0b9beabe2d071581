package com.faultmaven.user.domain.sso;

import org.jspecify.annotations.Nullable;

/**
 * What a browser brings back from a provider.
 *
 * @param state the {@code state} parameter
 * @param code the authorization code, null when the provider has refused
 * @param error why it has, null otherwise
 * @param browser the cookie that ties it to a browser, null when there is none
 */
public record SsoAnswer(
    @Nullable String state,
    @Nullable String code,
    @Nullable String error,
    @Nullable String browser) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "SsoAnswer[]";
  }
}
