package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Tokens that come by mail; the keys begin with {@code faultmaven.verification}. */
@ConfigMapping(prefix = "faultmaven.verification")
public interface VerificationSettings {
  /** Life of a token that confirms an address. */
  @WithDefault("P1D")
  Duration emailLifetime();

  /** Life of a token that sets a new password. */
  @WithDefault("PT30M")
  Duration resetLifetime();

  /** Mails of one kind to one account at once before one must wait. */
  @WithDefault("3")
  int mailsPerAccount();

  /** Time after which an account gets one more. */
  @WithDefault("PT10M")
  Duration mailRefill();

  /** Wishes for mails, and uses of their tokens, from one address in a minute. */
  @WithDefault("30")
  int perAddressPerMinute();

  /** Accounts, and addresses, that are remembered for it. */
  @WithDefault("50000")
  int tracked();

  /** Whether one may sign in with a password only when the address is confirmed. */
  @WithDefault("false")
  boolean requiredForLogin();
}
