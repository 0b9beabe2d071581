package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.model.user.UserProfile;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Profiles of accounts that may sign in, from memory where that is possible (specification 9.2).
 * After a write of this replica nobody is given what was before it; a write of another replica
 * shows when its event arrives, and after the cache's lifetime at the latest.
 */
@ApplicationScoped
public class Profiles {
  private static final int STRIPES = 1_024;

  private final AccountStore accounts;
  private final Cache<String, UserProfile> cache;

  /** How often profiles were forgotten, by stripes of ids. */
  private final AtomicLongArray forgotten = new AtomicLongArray(STRIPES);

  /** Wires the bean. */
  @Inject
  public Profiles(AccountStore accounts, ProfileCacheSettings settings, MeterRegistry metrics) {
    this.accounts = accounts;
    cache =
        Caffeine.newBuilder()
            .maximumSize(settings.size())
            .expireAfterWrite(settings.lifetime())
            .recordStats()
            .build();
    CaffeineCacheMetrics.monitor(metrics, cache, "profiles", List.of());
  }

  /** The profile of an active account; empty when there is none. */
  public Uni<Optional<UserProfile>> active(String userId) {
    UserProfile kept = cache.getIfPresent(userId);
    if (kept != null) {
      return Uni.createFrom().item(Optional.of(kept));
    }
    int stripe = stripe(userId);
    long before = forgotten.get(stripe);
    return accounts
        .get(userId)
        .map(
            found -> {
              Optional<UserProfile> profile = found.filter(User::isActive).map(User::profile);
              profile.ifPresent(value -> keep(userId, value, stripe, before));
              return profile;
            });
  }

  private void keep(String userId, UserProfile profile, int stripe, long before) {
    if (forgotten.get(stripe) != before) {
      return; // It may have been read before a write that has been told since.
    }
    cache.put(userId, profile);
    if (forgotten.get(stripe) != before) {
      cache.invalidate(userId);
    }
  }

  void changed(@Observes AccountChanged event) {
    forget(event.userId());
  }

  /** Forgets a profile, which has changed or may have. */
  public void forget(String userId) {
    forgotten.incrementAndGet(stripe(userId));
    cache.invalidate(userId);
  }

  private static int stripe(String userId) {
    return Math.floorMod(userId.hashCode(), STRIPES);
  }
}
