package com.faultmaven.user.domain.sso;

import com.faultmaven.user.domain.Attempts;
import com.faultmaven.user.domain.Networks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/**
 * Bounds what anybody can make this service store and ask of providers: log-ins that are started
 * and callbacks, from one address and in all. It counts in the memory of this replica.
 */
@ApplicationScoped
public class SsoThrottle {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String ALL = "all";

  private final Attempts addresses;
  private final Attempts starts;

  /** Wires the bean. */
  @Inject
  public SsoThrottle(SsoSettings settings, Clock clock) {
    int each = Math.max(1, settings.perAddressPerMinute());
    int all = Math.max(1, settings.startsPerMinute());
    addresses = new Attempts(each, MINUTE.dividedBy(each), settings.tracked(), clock);
    starts = new Attempts(all, MINUTE.dividedBy(all), 1, clock);
  }

  /**
   * Takes the start of a log-in.
   *
   * @param address the client's IP address
   * @throws com.faultmaven.common.web.Problem 429 {@code too-many-attempts} with {@code
   *     Retry-After}
   */
  public void takeStart(String address) {
    takeCallback(address);
    Duration wait = starts.take(ALL);
    if (!wait.isZero()) {
      throw Attempts.refusal(
          "Too many log-ins at once; try again in a moment.", wait, starts.size());
    }
  }

  /** Takes a callback; as {@link #takeStart}. */
  public void takeCallback(String address) {
    Duration wait = addresses.take(Networks.of(address));
    if (!wait.isZero()) {
      throw Attempts.refusal(
          "Too many log-ins from this address; wait before you try again.", wait, addresses.size());
    }
  }
}
