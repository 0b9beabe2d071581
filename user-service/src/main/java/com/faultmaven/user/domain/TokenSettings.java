package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long tokens and keys live; the keys begin with {@code faultmaven.tokens}. */
@ConfigMapping(prefix = "faultmaven.tokens")
public interface TokenSettings {
  /** Life of an access token. */
  @WithDefault("PT15M")
  Duration accessLifetime();

  /** Life of a refresh token that is not used. */
  @WithDefault("P14D")
  Duration refreshLifetime();

  /** Time after which one must log in again, however often the tokens were refreshed. */
  @WithDefault("P90D")
  Duration familyLifetime();

  /** Age at which a signing key gets a successor. */
  @WithDefault("P90D")
  Duration keyLifetime();

  /** How long a new signing key is published before the first token is signed with it. */
  @WithDefault("PT15M")
  Duration keyPublishAhead();

  /** How old a replica's copy of the signing keys may be. */
  @WithDefault("PT1M")
  Duration keyReloadInterval();
}
