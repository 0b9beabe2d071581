package com.faultmaven.user.domain.sso;

import org.jspecify.annotations.Nullable;

/** A provider does not answer, or not as an OpenID provider must; the same call may work later. */
public final class ProviderUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Reports it.
   *
   * @param message what is wrong, for the operator; nothing of what the provider has written
   */
  public ProviderUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
