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
    String network = Networks.of(address);
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
    addresses.giveBack(Networks.of(address));
  }

  /**
   * Takes an attempt of an address alone, where nobody says whose account it is.
   *
   * @throws Problem 429 {@code too-many-attempts} with {@code Retry-After} when none is left
   */
  public void take(String address) {
    Duration wait = addresses.take(Networks.of(address));
    if (!wait.isZero()) {
      throw refused(wait, addresses.size());
    }
  }

  /** Gives an address its attempt back, after a log-in that was no wrong guess. */
  public void giveBack(String address) {
    addresses.giveBack(Networks.of(address));
  }

  /** Forgets the wrong guesses on an account, after its owner has logged in. */
  public void succeeded(String account, String address) {
    accounts.forget(account);
    addresses.giveBack(Networks.of(address));
  }

  private static Problem refused(Duration wait, int size) {
    return Attempts.refusal("Too many failed log-ins; wait before you try again.", wait, size);
  }
}
