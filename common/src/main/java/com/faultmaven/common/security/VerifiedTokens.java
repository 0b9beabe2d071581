package com.faultmaven.common.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens that were verified a moment ago, and who they stand for. An entry lives until the
 * token expires, and no longer than {@link TokenCacheSettings#lifetime()}; when there are too many,
 * those that are asked for least go. The key is the SHA-256 of the whole token, its signature
 * included.
 */
@ApplicationScoped
public class VerifiedTokens {
  private final TokenCacheSettings settings;
  private final Clock clock;
  private final Counter hits;
  private final Counter misses;
  private final @Nullable Cache<ByteBuffer, Entry> entries;

  private record Entry(SecurityIdentity identity, Instant end) {}

  /** Wires the bean. */
  @Inject
  public VerifiedTokens(TokenCacheSettings settings, Clock clock, MeterRegistry metrics) {
    this.settings = settings;
    this.clock = clock;
    hits = metrics.counter("faultmaven.token-cache.hits");
    misses = metrics.counter("faultmaven.token-cache.misses");
    boolean on = settings.size() > 0 && settings.lifetime().isPositive();
    entries =
        on
            ? Caffeine.newBuilder()
                .maximumSize(settings.size())
                // By a clock that nobody sets back; the token's own end is looked at on each hit.
                .expireAfterWrite(settings.lifetime())
                .executor(Runnable::run)
                .build()
            : null;
    if (entries != null) {
      metrics.gauge("faultmaven.token-cache.size", entries, Cache::estimatedSize);
    }
  }

  /** Who a token stands for, when it was verified lately and has not expired since. */
  public Optional<SecurityIdentity> find(String token) {
    if (entries == null) {
      return Optional.empty();
    }
    ByteBuffer key = key(token);
    Entry entry = entries.getIfPresent(key);
    if (entry == null) {
      misses.increment();
      return Optional.empty();
    }
    if (!entry.end.isAfter(clock.instant())) {
      entries.invalidate(key);
      misses.increment();
      return Optional.empty();
    }
    hits.increment();
    return Optional.of(entry.identity);
  }

  /**
   * Remembers a token whose signature and claims were verified just now.
   *
   * @param verified what the verification gave; it is not kept itself, because it holds the request
   * @return the same identity without what belongs to the request
   */
  public SecurityIdentity remember(String token, SecurityIdentity verified) {
    if (entries == null || !(verified.getPrincipal() instanceof JsonWebToken principal)) {
      return verified;
    }
    SecurityIdentity identity =
        QuarkusSecurityIdentity.builder()
            .setPrincipal(principal)
            .addRoles(verified.getRoles())
            .addPermissions(verified.getPermissions())
            .addCredential(new AccessTokenCredential(token))
            .build();
    Instant now = clock.instant();
    Instant end = earlier(expiry(principal), now.plus(settings.lifetime()));
    if (end.isAfter(now)) {
      entries.put(key(token), new Entry(identity, end));
    }
    return identity;
  }

  /** How many are remembered. */
  long size() {
    if (entries == null) {
      return 0;
    }
    entries.cleanUp();
    return entries.estimatedSize();
  }

  /** A token without an end is not remembered. */
  private static Instant expiry(JsonWebToken token) {
    return Instant.ofEpochSecond(token.getExpirationTime());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static ByteBuffer key(String token) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
