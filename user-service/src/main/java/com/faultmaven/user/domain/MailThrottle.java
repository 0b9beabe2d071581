package com.faultmaven.user.domain;

import com.faultmaven.common.web.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * Bounds the mails that somebody can have sent to an address, and the tries at their tokens. It
 * counts in the memory of this replica, and the same whether or not there is such an account.
 */
@ApplicationScoped
public class MailThrottle {
  private final Attempts mails;
  private final Attempts networks;

  /** Wires the bean. */
  @Inject
  public MailThrottle(VerificationSettings settings, Clock clock) {
    mails =
        new Attempts(settings.mailsPerAccount(), settings.mailRefill(), settings.tracked(), clock);
    int size = Math.max(1, settings.perAddressPerMinute());
    networks = new Attempts(size, Duration.ofMinutes(1).dividedBy(size), settings.tracked(), clock);
  }

  /**
   * Takes a wish for a mail.
   *
   * @param email the address that it would go to
   * @throws Problem 429 {@code too-many-attempts} with {@code Retry-After} when none is left
   */
  public void takeMail(TokenPurpose purpose, String email, RequestOrigin origin) {
    takeUse(origin);
    String key = purpose.wireName() + " " + email.toLowerCase(Locale.ROOT);
    refuse(mails.take(key), mails.size(), "Too many mails to this address; wait for the last one.");
  }

  /**
   * Takes a try at a token.
   *
   * @throws Problem 429 {@code too-many-attempts} with {@code Retry-After} when none is left
   */
  public void takeUse(RequestOrigin origin) {
    refuse(
        networks.take(Networks.of(origin.address())),
        networks.size(),
        "Too many requests of this kind from this address; wait before you try again.");
  }

  private static void refuse(Duration wait, int size, String detail) {
    if (!wait.isZero()) {
      throw Attempts.refusal(detail, wait, size);
    }
  }
}
