package com.faultmaven.common.repository.memory;

import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.repository.SessionStore;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Live sessions in the memory of this process; what has expired is dropped as others are written.
 */
public final class InMemorySessionStore implements SessionStore {
  private record Expiring<T>(T value, Instant expiresAt) {}

  private record Client(String userId, String clientId) {}

  private final Clock clock;
  private final Map<String, Expiring<Session>> sessions = new HashMap<>();
  private final Map<Client, Expiring<String>> clients = new HashMap<>();

  /** An empty store; the clock decides what has expired. */
  public InMemorySessionStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Uni<Optional<Session>> get(String sessionId) {
    return locked(() -> Optional.ofNullable(living(sessions, sessionId)));
  }

  @Override
  public Uni<Void> set(Session session, Duration ttl) {
    return locked(() -> put(sessions, session.sessionId(), session, ttl)).replaceWithVoid();
  }

  @Override
  public Uni<Optional<Session>> update(String sessionId, UnaryOperator<Session> change) {
    return locked(
        () -> {
          Optional<Session> changed = Optional.ofNullable(living(sessions, sessionId)).map(change);
          changed.ifPresent(session -> put(sessions, sessionId, session, session.ttl()));
          return changed;
        });
  }

  @Override
  public Uni<Boolean> delete(String sessionId) {
    return locked(() -> living(sessions, sessionId) != null && sessions.remove(sessionId) != null);
  }

  @Override
  public Uni<Boolean> exists(String sessionId) {
    return get(sessionId).map(Optional::isPresent);
  }

  @Override
  public Uni<Boolean> extendTtl(String sessionId, Duration ttl) {
    return locked(
        () -> {
          Session session = living(sessions, sessionId);
          if (session != null) {
            put(sessions, sessionId, session, ttl);
          }
          return session != null;
        });
  }

  @Override
  public Uni<Optional<Duration>> timeToLive(String sessionId) {
    return locked(
        () ->
            living(sessions, sessionId) == null
                ? Optional.empty()
                : Optional.ofNullable(sessions.get(sessionId))
                    .map(entry -> Duration.between(clock.instant(), entry.expiresAt())));
  }

  @Override
  public Uni<Optional<String>> findByUserAndClient(String userId, String clientId) {
    return locked(() -> Optional.ofNullable(living(clients, new Client(userId, clientId))));
  }

  @Override
  public Uni<Void> indexSessionByClient(
      String userId, String clientId, String sessionId, Duration ttl) {
    return locked(() -> put(clients, new Client(userId, clientId), sessionId, ttl))
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> claimClientIndex(
      String userId, String clientId, Optional<String> expected, String sessionId, Duration ttl) {
    return locked(
        () -> {
          Client client = new Client(userId, clientId);
          boolean free = Optional.ofNullable(living(clients, client)).equals(expected);
          if (free) {
            put(clients, client, sessionId, ttl);
          }
          return free;
        });
  }

  @Override
  public Uni<Boolean> removeClientIndex(String userId, String clientId) {
    return locked(
        () -> {
          Client client = new Client(userId, clientId);
          return living(clients, client) != null && clients.remove(client) != null;
        });
  }

  @Override
  public Uni<Boolean> removeClientIndex(String userId, String clientId, String sessionId) {
    return locked(
        () -> {
          Client client = new Client(userId, clientId);
          return sessionId.equals(living(clients, client)) && clients.remove(client) != null;
        });
  }

  private <T> Uni<T> locked(Supplier<T> work) {
    return Uni.createFrom()
        .item(
            () -> {
              synchronized (this) {
                return work.get();
              }
            });
  }

  private <K, V> @Nullable V living(Map<K, Expiring<V>> entries, K key) {
    Expiring<V> entry = entries.get(key);
    return entry != null && entry.expiresAt().isAfter(clock.instant()) ? entry.value() : null;
  }

  private <K, V> boolean put(Map<K, Expiring<V>> entries, K key, V value, Duration ttl) {
    if (ttl.toSeconds() < 1) {
      throw new IllegalArgumentException("a TTL is at least one second");
    }
    Instant now = clock.instant();
    entries.values().removeIf(entry -> !entry.expiresAt().isAfter(now));
    entries.put(key, new Expiring<>(value, now.plus(ttl)));
    return true;
  }
}
