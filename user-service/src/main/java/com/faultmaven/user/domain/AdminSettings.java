package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The first administrator; the keys begin with {@code faultmaven.admin}. */
@ConfigMapping(prefix = "faultmaven.admin")
public interface AdminSettings {
  /** Name of the account that is made at the start when there is none of this name. */
  Optional<String> username();

  /** Its address; needed with the name. */
  Optional<String> email();

  /** Its password; needed with the name. It is not set again once the account is there. */
  Optional<String> password();
}
