package com.faultmaven.common.id;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes identifiers: UUID version 7 (RFC 9562) in canonical lower-case text, 36 characters.
 *
 * <p>They sort by creation: 48 bits of Unix milliseconds, then a 12-bit counter that keeps ids made
 * by one process within one millisecond in order, then 62 random bits. Neighbours in time are
 * neighbours in a B-tree, which is why the tables are keyed by them (decisions, section 2).
 */
public final class Ids {
  private static final int COUNTER_BITS = 12;

  /** Milliseconds and counter in one number, so that one compare-and-set hands out a place. */
  private static final AtomicLong LAST = new AtomicLong();

  private Ids() {}

  /** Gives a new identifier, greater than every one that this process gave before. */
  public static String next() {
    long now = System.currentTimeMillis() << COUNTER_BITS;
    long place = LAST.updateAndGet(last -> Math.max(last + 1, now));
    long milliseconds = place >>> COUNTER_BITS;
    long counter = place & ((1L << COUNTER_BITS) - 1);
    long high = (milliseconds << 16) | 0x7000L | counter;
    long low = (Source.RANDOM.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** Tells whether the text is a UUID in canonical form, of any version. */
  public static boolean isCanonical(String text) {
    if (text.length() != 36) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      char c = text.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  /** Apart, because a native executable must seed it when it starts and not when it is built. */
  private static final class Source {
    static final SecureRandom RANDOM = new SecureRandom();
  }
}
