package com.faultmaven.user.domain.passkey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Whom passkeys are made for, and their bounds; the keys begin {@code faultmaven.passkeys}. */
@ConfigMapping(prefix = "faultmaven.passkeys")
public interface PasskeySettings {
  /** The domain that passkeys belong to: the host of every origin, or what it ends with. */
  @WithDefault("localhost")
  String rpId();

  /** What people read when a passkey is made. */
  @WithDefault("FaultMaven")
  String rpName();

  /** Scheme, host and port of the pages that may use passkeys. */
  @WithDefault("http://localhost:8080")
  List<String> origins();

  /** How long one may take to make or use a passkey. */
  @WithDefault("PT5M")
  Duration challengeLifetime();

  /** Most passkeys of one account. */
  @WithDefault("20")
  int maxPerAccount();

  /** Checks at once. */
  @WithDefault("2")
  int workers();

  /** Checks that may wait for a worker; one more is answered with 503. */
  @WithDefault("256")
  int queue();

  /** What {@code Retry-After} says when the queue is full. */
  @WithDefault("PT2S")
  Duration retryAfter();
}
