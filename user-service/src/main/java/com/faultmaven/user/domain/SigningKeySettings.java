package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * When signing keys, and all else that is encrypted, are looked after without traffic; the keys
 * begin with the prefix.
 */
@ConfigMapping(prefix = "faultmaven.signing-keys")
public interface SigningKeySettings {
  /** When that is done: an interval, a time of day in UTC, or off. */
  @WithDefault("PT1H")
  String schedule();

  /** Rows that are encrypted anew in one batch. */
  @WithDefault("100")
  int batch();
}
