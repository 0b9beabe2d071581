package com.faultmaven.user.domain.sso;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A copy of something far away, fetched when it is asked for and kept for a while. Those who ask
 * while it is being fetched share one fetch; a failed one is not kept.
 */
final class SharedCopy<T> {
  private final Supplier<Uni<T>> source;
  private final Duration lifetime;
  private final Duration renewInterval;
  private final Clock clock;
  private final Object lock = new Object();
  private @Nullable Copy<T> copy;
  private @Nullable Uni<T> fetch;
  private Instant renewable = Instant.MIN;

  /**
   * Starts empty.
   *
   * @param source fetches
   * @param lifetime how long a copy is kept
   * @param renewInterval least time between two early renewals
   */
  SharedCopy(Supplier<Uni<T>> source, Duration lifetime, Duration renewInterval, Clock clock) {
    this.source = source;
    this.lifetime = lifetime;
    this.renewInterval = renewInterval;
    this.clock = clock;
  }

  private record Copy<T>(T value, Instant until) {}

  /** The copy, fetched when there is none or it is old. */
  Uni<T> get() {
    return onCallersContext(
        () -> {
          Copy<T> present = copy;
          return present != null && clock.instant().isBefore(present.until())
              ? Uni.createFrom().item(present.value())
              : fetch();
        });
  }

  /**
   * Another copy than the one that has been found wanting, fetched unless that has happened
   * already.
   *
   * @return the same copy when the last renewal is too short a time ago
   */
  Uni<T> renew(T wanting) {
    return onCallersContext(
        () -> {
          Copy<T> present = copy;
          if (present != null && present.value() != wanting) {
            return Uni.createFrom().item(present.value());
          }
          Instant now = clock.instant();
          if (fetch == null && now.isBefore(renewable)) {
            return Uni.createFrom().item(wanting);
          }
          renewable = now.plus(renewInterval);
          return fetch();
        });
  }

  private Uni<T> onCallersContext(Supplier<Uni<T>> decision) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context caller = Vertx.currentContext();
              Uni<T> result;
              synchronized (lock) {
                result = decision.get();
              }
              return caller == null ? result : result.emitOn(MutinyHelper.executor(caller));
            });
  }

  private Uni<T> fetch() {
    Uni<T> running = fetch;
    if (running == null) {
      running =
          Uni.createFrom()
              .deferred(source::get)
              .onTermination()
              .invoke((value, failure, cancelled) -> ended(value))
              .memoize()
              .indefinitely();
      fetch = running;
    }
    return running;
  }

  private void ended(@Nullable T value) {
    synchronized (lock) {
      fetch = null;
      if (value != null) {
        copy = new Copy<>(value, clock.instant().plus(lifetime));
      }
    }
  }
}
