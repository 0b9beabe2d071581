package com.faultmaven.user.domain;

import org.jspecify.annotations.Nullable;

/**
 * What somebody logs in with.
 *
 * @param login user name or address
 * @param password the password as typed
 * @param clientId device or client whose session is opened or resumed; null for none
 */
public record Credentials(String login, String password, @Nullable String clientId) {
  /** Whether the login is an address: user names never hold an at sign. */
  public boolean byEmail() {
    return login.indexOf('@') >= 0;
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "Credentials[]";
  }
}
