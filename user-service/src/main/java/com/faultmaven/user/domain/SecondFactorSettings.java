package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The second factor; the keys begin with {@code faultmaven.second-factor}. */
@ConfigMapping(prefix = "faultmaven.second-factor")
public interface SecondFactorSettings {
  /**
   * Whether tokens carry the role admin only after a sign-in with a second factor. An administrator
   * without one signs in with the other roles, which is enough to enrol.
   */
  @WithDefault("false")
  boolean requiredForAdmins();

  /** How long a log-in waits for the code after the password was right. */
  @WithDefault("PT5M")
  Duration challengeLifetime();

  /** Codes that may be tried before one must begin again with the password. */
  @WithDefault("5")
  int challengeAttempts();
}
