package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of logging in; the keys begin with {@code faultmaven.login}. */
@ConfigMapping(prefix = "faultmaven.login")
public interface LoginSettings {
  /** Failed attempts on one account before one must wait. */
  @WithDefault("10")
  int accountAttempts();

  /** Time after which an account gets one more attempt. */
  @WithDefault("PT30S")
  Duration accountRefill();

  /** Failed attempts from one address (IPv6: from one /64 network) before one must wait. */
  @WithDefault("100")
  int addressAttempts();

  /** Time after which an address gets one more attempt. */
  @WithDefault("PT3S")
  Duration addressRefill();

  /** Accounts, and addresses, with failed attempts that are remembered; then the oldest is lost. */
  @WithDefault("50000")
  int tracked();

  /** How long a log-in waits for session-service before it goes on without a session. */
  @WithDefault("PT1.5S")
  Duration sessionTimeout();
}
