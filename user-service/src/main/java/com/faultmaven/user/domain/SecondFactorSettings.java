package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The second factor; the keys begin with {@code faultmaven.second-factor}. */
@ConfigMapping(prefix = "faultmaven.second-factor")
public interface SecondFactorSettings {
  /**
   * Whether tokens carry the role admin only after a sign-in with a second factor. An administrator
   * without one signs in with the other roles, which is enough to enrol.
   */
  @WithDefault("false")
  boolean requiredForAdmins();
}
