package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of logging in; the keys begin with {@code faultmaven.login}. */
@ConfigMapping(prefix = "faultmaven.login")
public interface LoginSettings {
  /** Wrong guesses at one account from one network before one must wait. */
  @WithDefault("10")
  int freeAttempts();

  /** Wrong guesses at one account from everywhere before strangers must wait. */
  @WithDefault("50")
  int accountFreeAttempts();

  /** Wrong guesses from one network (IPv6: one /64) at all accounts before it must wait. */
  @WithDefault("100")
  int addressFreeAttempts();

  /** Wait after one more; each further one doubles it. */
  @WithDefault("PT1S")
  Duration firstDelay();

  /** Longest wait for one account from one network. */
  @WithDefault("PT15M")
  Duration longestDelay();

  /** Longest wait that strangers cause on an account. */
  @WithDefault("PT30S")
  Duration longestAccountDelay();

  /** Longest wait of a network. */
  @WithDefault("PT1M")
  Duration longestAddressDelay();

  /** Time without wrong guesses after which they are forgotten; longer than any wait. */
  @WithDefault("PT1H")
  Duration forgetAfter();

  /** How long a network from which an owner has signed in is known as theirs. */
  @WithDefault("P90D")
  Duration knownNetworkLifetime();

  /** Accounts and networks with wrong guesses that one process remembers without Redis. */
  @WithDefault("100000")
  int tracked();

  /** How long Redis may take before the process counts by itself. */
  @WithDefault("PT1S")
  Duration redisTimeout();

  /** How long it then does so before it asks Redis again. */
  @WithDefault("PT5S")
  Duration redisPause();

  /** How long a log-in waits for session-service before it goes on without a session. */
  @WithDefault("PT1.5S")
  Duration sessionTimeout();
}
