package com.faultmaven.user.domain;

import com.faultmaven.common.web.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/**
 * Bounds the registrations from one address: each costs a password hash, on the workers that
 * log-ins wait for. It counts in the memory of this replica, for a bounded number of addresses.
 */
@ApplicationScoped
public class RegistrationThrottle {
  private final Attempts addresses;

  /** Wires the bean. */
  @Inject
  public RegistrationThrottle(RegistrationSettings settings, Clock clock) {
    int size = Math.max(1, settings.perAddressPerMinute());
    addresses =
        new Attempts(size, Duration.ofMinutes(1).dividedBy(size), settings.tracked(), clock);
  }

  /**
   * Takes a registration, which does not come back when it fails later.
   *
   * @param address the client's IP address
   * @throws Problem 429 {@code too-many-attempts} with {@code Retry-After} when none is left
   */
  public void take(String address) {
    Duration wait = addresses.take(Networks.of(address));
    if (!wait.isZero()) {
      throw Attempts.refusal(
          "Too many registrations from this address; wait before you try again.",
          wait,
          addresses.size());
    }
  }
}
