package com.faultmaven.user.domain;

import com.faultmaven.common.web.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/**
 * Slows down guessing (decisions, section 7): each account and each address has a number of
 * attempts, which come back one by one. An attempt is taken before the password is checked, so that
 * parallel guesses count, and given back when it was not a wrong guess.
 *
 * <p>It counts in the memory of this replica, for a bounded number of accounts and addresses.
 */
@ApplicationScoped
public class LoginThrottle {
  private final Attempts accounts;
  private final Attempts addresses;

  /** Wires the bean. */
  @Inject
  public LoginThrottle(LoginSettings settings, Clock clock) {
    accounts =
        new Attempts(
            settings.accountAttempts(), settings.accountRefill(), settings.tracked(), clock);
    addresses =
        new Attempts(
            settings.addressAttempts(), settings.addressRefill(), settings.tracked(), clock);
  }

  /**
   * Takes an attempt.
   *
   * @param account the user name or address in lower case, whether or not there is such an account
   * @param address the client's IP address
   * @throws Problem 429 {@code too-many-attempts} with {@code Retry-After} when none is left
   */
  public void take(String account, String address) {
    String network = network(address);
    Duration wait = addresses.take(network);
    if (wait.isZero()) {
      wait = accounts.take(account);
      if (wait.isZero()) {
        return;
      }
      addresses.giveBack(network);
      throw refused(wait, accounts.size());
    }
    throw refused(wait, addresses.size());
  }

  /** Gives an attempt back, after a log-in that was no wrong guess. */
  public void giveBack(String account, String address) {
    accounts.giveBack(account);
    addresses.giveBack(network(address));
  }

  /** Forgets the wrong guesses on an account, after its owner has logged in. */
  public void succeeded(String account, String address) {
    accounts.forget(account);
    addresses.giveBack(network(address));
  }

  private static Problem refused(Duration wait, int size) {
    // Rounded up: after that many seconds there is an attempt.
    Duration seconds = Duration.ofSeconds(wait.plusMillis(999).toSeconds());
    return Problem.of(
            429, "too-many-attempts", "Too many failed log-ins; wait before you try again.")
        .retryAfter(seconds)
        .withHeader("RateLimit-Limit", Integer.toString(size))
        .withHeader("RateLimit-Remaining", "0")
        .withHeader("RateLimit-Reset", Long.toString(seconds.toSeconds()));
  }

  /** One customer of an IPv6 provider has at least a /64: its first four groups. */
  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    String plain = address.startsWith("[") ? address.substring(1) : address;
    int skipped = plain.indexOf("::");
    String head = skipped < 0 ? plain : plain.substring(0, skipped);
    String[] groups = head.split(":", -1);
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      network.append(i < groups.length && !groups[i].isEmpty() ? groups[i] : "0").append(':');
    }
    return network.append(":/64").toString();
  }
}
