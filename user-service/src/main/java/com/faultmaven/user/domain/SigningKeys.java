package com.faultmaven.user.domain;

import com.faultmaven.common.db.Transactions;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign access tokens, with their rotation by {@code kid} (decisions, section 7). All
 * replicas share them: a new one is published for a while before it signs, so that every copy of
 * the key set has it by then, and an old one stays published until its last token has expired.
 */
@ApplicationScoped
public class SigningKeys {
  /** First among the beans that do something at the start. */
  private static final int START_PRIORITY = 1;

  private static final Logger LOG = Logger.getLogger(SigningKeys.class);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  /** Clocks differ, and a verifier allows some seconds after the end. */
  private static final Duration VERIFY_GRACE = Duration.ofMinutes(5);

  private final SigningKeyStore store;
  private final KeyPairs pairs;
  private final Transactions transactions;
  private final TokenSettings settings;
  private final Clock clock;
  private final AtomicBoolean reloading = new AtomicBoolean();
  private volatile @Nullable KeyRing ring;

  /** Wires the bean. */
  @Inject
  public SigningKeys(
      SigningKeyStore store,
      KeyPairs pairs,
      Transactions transactions,
      TokenSettings settings,
      Clock clock) {
    this.store = store;
    this.pairs = pairs;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
  }

  /** This replica's copy of the keys, oldest first. */
  private record KeyRing(List<SigningKey> keys, Instant loadedAt) {}

  void start(@Observes @Priority(START_PRIORITY) StartupEvent event) {
    reload().await().atMost(START_TIMEOUT);
  }

  /** The key to sign with now. */
  public Uni<SigningKey> current() {
    return published()
        .map(
            keys -> {
              Instant now = clock.instant();
              return keys.stream()
                  .filter(key -> !key.activeFrom().isAfter(now))
                  .reduce((older, newer) -> newer)
                  .orElseGet(keys::getFirst);
            });
  }

  /** All keys whose tokens may be valid, now or soon. */
  public Uni<List<SigningKey>> published() {
    KeyRing copy = ring;
    if (copy == null) {
      return reload().map(KeyRing::keys);
    }
    boolean fresh = clock.instant().isBefore(copy.loadedAt().plus(settings.keyReloadInterval()));
    if (fresh || !reloading.compareAndSet(false, true)) {
      return Uni.createFrom().item(copy.keys());
    }
    return reload()
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("Signing keys not reloaded, going on with the last copy: %s", failure);
              return copy;
            })
        .onTermination()
        .invoke(() -> reloading.set(false))
        .map(KeyRing::keys);
  }

  /** Reads the keys again now, and makes, removes and re-encrypts what is due. */
  public Uni<List<SigningKey>> refresh() {
    return reload().map(KeyRing::keys);
  }

  private Uni<KeyRing> reload() {
    return store
        .list()
        .flatMap(
            keys ->
                isDue(keys)
                    ? transactions.inTransaction(this::maintain)
                    : Uni.createFrom().item(keys))
        .map(
            keys -> {
              KeyRing loaded =
                  new KeyRing(keys.stream().map(pairs::open).toList(), clock.instant());
              ring = loaded;
              return loaded;
            });
  }

  private boolean isDue(List<StoredSigningKey> keys) {
    return needsSuccessor(keys)
        || keys.stream().anyMatch(pairs::isOutdated)
        || keys.getFirst().activeFrom().isBefore(retiredBefore(keys));
  }

  private boolean needsSuccessor(List<StoredSigningKey> keys) {
    return keys.isEmpty()
        || !clock.instant().isBefore(keys.getLast().createdAt().plus(settings.keyLifetime()));
  }

  /** A key is retired when its successor has been signing for longer than a token lives. */
  private Instant retiredBefore(List<StoredSigningKey> keys) {
    Instant expired = clock.instant().minus(settings.accessLifetime()).minus(VERIFY_GRACE);
    return keys.stream()
        .map(StoredSigningKey::activeFrom)
        .filter(activeFrom -> activeFrom.isBefore(expired))
        .reduce((older, newer) -> newer)
        .orElse(Instant.EPOCH);
  }

  private Uni<List<StoredSigningKey>> maintain(SqlConnection tx) {
    return store
        .lock(tx)
        .call(keys -> needsSuccessor(keys) ? store.add(tx, successor(keys)) : nothing())
        .call(keys -> reencryptOutdated(tx, keys))
        .call(keys -> store.removeActiveBefore(tx, retiredBefore(keys)))
        .flatMap(keys -> store.lock(tx));
  }

  private StoredSigningKey successor(List<StoredSigningKey> keys) {
    Instant now = clock.instant();
    Instant activeFrom = keys.isEmpty() ? now : now.plus(settings.keyPublishAhead());
    StoredSigningKey key = pairs.generate(now, activeFrom);
    LOG.infof("New signing key %s, active from %s", key.keyId(), activeFrom);
    return key;
  }

  private Uni<Void> reencryptOutdated(SqlConnection tx, List<StoredSigningKey> keys) {
    Uni<Void> all = nothing();
    for (StoredSigningKey key : keys) {
      if (pairs.isOutdated(key)) {
        all = all.flatMap(done -> store.reencrypt(tx, pairs.reencrypt(key)));
      }
    }
    return all;
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
