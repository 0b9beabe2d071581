package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of registering; the keys begin with {@code faultmaven.registration}. */
@ConfigMapping(prefix = "faultmaven.registration")
public interface RegistrationSettings {
  /** Registrations from one address (IPv6: from one /64 network) in a minute, at least 1. */
  @WithDefault("30")
  int perAddressPerMinute();

  /** Addresses that are remembered; then the one not used for longest is lost. */
  @WithDefault("50000")
  int tracked();
}
