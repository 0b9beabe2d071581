package com.faultmaven.user.domain.sso;

import java.net.URI;
import java.time.Duration;

/**
 * What a browser gets to go on with.
 *
 * @param location the provider's page to sign in
 * @param browser value of the cookie that ties the callback to this browser
 * @param lifetime how long both are good
 * @param overTls whether the cookie is for TLS connections alone
 */
public record StartedLogin(URI location, String browser, Duration lifetime, boolean overTls) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "StartedLogin[]";
  }
}
