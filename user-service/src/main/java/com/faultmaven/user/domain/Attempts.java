package com.faultmaven.user.domain;

import com.faultmaven.common.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Attempts by key: so many at once, and one more after each interval. Bounded, thread-safe. */
public final class Attempts {
  private final int size;
  private final long refillMillis;
  private final Clock clock;
  private final Map<String, Bucket> buckets;

  /**
   * Starts with all attempts there.
   *
   * @param size attempts at once, at least 1
   * @param refill time after which one comes back
   * @param tracked most keys that are remembered; then the one not used for longest is forgotten
   */
  public Attempts(int size, Duration refill, int tracked, Clock clock) {
    this.size = size;
    this.refillMillis = Math.max(1, refill.toMillis());
    this.clock = clock;
    buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > tracked;
          }
        };
  }

  /** What is left at a time; a bucket that is full again is the same as none. */
  private record Bucket(double left, long at) {}

  /** Attempts at once. */
  public int size() {
    return size;
  }

  /** Takes one attempt: zero when there was one, else how long until there is one. */
  public Duration take(String key) {
    synchronized (buckets) {
      long now = clock.millis();
      double left = left(key, now);
      if (left < 1) {
        return Duration.ofMillis((long) Math.ceil((1 - left) * refillMillis));
      }
      buckets.put(key, new Bucket(left - 1, now));
      return Duration.ZERO;
    }
  }

  /** The 429 {@code too-many-attempts} that says how long to wait. */
  public static Problem refusal(String detail, Duration wait, int size) {
    // Rounded up: after that many seconds there is an attempt.
    Duration seconds = Duration.ofSeconds(wait.plusMillis(999).toSeconds());
    return Problem.of(429, "too-many-attempts", detail)
        .retryAfter(seconds)
        .withHeader("RateLimit-Limit", Integer.toString(size))
        .withHeader("RateLimit-Remaining", "0")
        .withHeader("RateLimit-Reset", Long.toString(seconds.toSeconds()));
  }

  /** How many keys are remembered. */
  int tracked() {
    synchronized (buckets) {
      return buckets.size();
    }
  }

  private double left(String key, long now) {
    Bucket bucket = buckets.get(key);
    return bucket == null
        ? size
        : Math.min(size, bucket.left() + (double) Math.max(0, now - bucket.at()) / refillMillis);
  }
}
