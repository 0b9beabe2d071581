package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a password must be and what checking one costs; keys begin {@code faultmaven.passwords}. */
@ConfigMapping(prefix = "faultmaven.passwords")
public interface PasswordSettings {
  /** Memory of one Argon2id computation in KiB, at least 19456 (19 MiB). */
  @WithDefault("19456")
  int memoryKib();

  /** Passes of one Argon2id computation, at least 2. */
  @WithDefault("2")
  int iterations();

  /** Lanes of one Argon2id computation. */
  @WithDefault("1")
  int parallelism();

  /** Computations at once; each takes {@link #memoryKib} and one processor. */
  @WithDefault("2")
  int workers();

  /** Computations that may wait for a worker; one more is answered with 503. */
  @WithDefault("64")
  int queue();

  /** What {@code Retry-After} says when the queue is full. */
  @WithDefault("PT2S")
  Duration retryAfter();

  /** Fewest characters of a new password, at least 12. */
  @WithDefault("12")
  int minLength();
}
