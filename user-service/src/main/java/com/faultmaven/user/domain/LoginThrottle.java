package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.tuples.Tuple3;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows down guessing (decisions, section 7). Wrong guesses count three times: for the account from
 * this network, for the account from everywhere, and for the network. Under each the first few are
 * free, then the wait doubles with every further one up to a bound.
 *
 * <p>Nobody can shut an owner out: the wait that strangers cause on an account does not hold for a
 * network from which its owner has signed in before, a reset of the password ends it, and it is
 * never longer than its bound. A guess is counted before the password is checked, so that parallel
 * guesses count, and taken back when it was none.
 *
 * <p>The first attempt that is turned away during a wait is in the audit, the others are not: that
 * somebody is slowed down shows, and nobody fills the log by knocking on.
 */
@ApplicationScoped
public class LoginThrottle {
  private static final Set<String> WRONG_GUESSES =
      Set.of(
          "invalid-credentials",
          "wrong-password",
          "wrong-code",
          "invalid-client",
          "passkey-refused");

  private static final int NETWORK = 1;
  private static final int ACCOUNT = 2;

  private final DelayStore store;
  private final KnownNetworks networks;
  private final LoginSettings settings;
  private final Clock clock;
  private final MeterRegistry metrics;
  private final AuthAuditLog audit;

  /** Ends of the waits that are in the audit, by what is counted; of this replica alone. */
  private final Cache<String, Instant> noted;

  /** Wires the bean. */
  @Inject
  public LoginThrottle(
      DelayStore store,
      KnownNetworks networks,
      LoginSettings settings,
      Clock clock,
      MeterRegistry metrics,
      AuthAuditLog audit) {
    this.store = store;
    this.networks = networks;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
    this.audit = audit;
    noted =
        Caffeine.newBuilder()
            .maximumSize(settings.tracked())
            .expireAfterWrite(settings.forgetAfter())
            .build();
  }

  /**
   * Whose secret is guessed, and from where.
   *
   * @param secret what is guessed, its kind in front: nobody reaches the count of one kind by what
   *     is typed for another, a user name that reads like an id for example
   * @param userId the account's id, null when there is none
   * @param origin where the request came from
   */
  public record Subject(String secret, @Nullable String userId, RequestOrigin origin) {
    /** Guesses at a name, whether or not there is an account behind it. */
    public static Subject of(String typed, @Nullable User user, RequestOrigin origin) {
      return user == null
          ? new Subject("name " + typed.toLowerCase(Locale.ROOT), null, origin)
          : of(user, origin);
    }

    /** Guesses at an account. */
    public static Subject of(User user, RequestOrigin origin) {
      return new Subject("account " + user.userId(), user.userId(), origin);
    }

    /** Guesses at an account's second factor: they count by themselves. */
    public static Subject ofSecondFactor(User user, RequestOrigin origin) {
      return new Subject("second-factor " + user.userId(), user.userId(), origin);
    }

    /** Guesses at a service's secret. */
    public static Subject ofService(String clientId, RequestOrigin origin) {
      return new Subject("service " + clientId, null, origin);
    }

    /** The client's network. */
    public String network() {
      return Networks.of(origin.address());
    }
  }

  /**
   * Runs a check of something that may be guessed.
   *
   * @param check fails with {@link Problem} {@code invalid-credentials}, {@code wrong-password},
   *     {@code wrong-code} or {@code invalid-client} for a wrong guess
   * @return what the check gives; fails with {@link Problem} 429 {@code too-many-attempts} without
   *     running it
   */
  public <T> Uni<T> guard(Subject subject, Supplier<Uni<? extends T>> check) {
    return guard(subject, check, right -> Uni.createFrom().item(right));
  }

  /**
   * Runs a check of something that may be guessed, and what comes after a right guess. The count is
   * taken back meanwhile: what comes after is no guess any more, however it ends.
   *
   * @param check fails as that of {@link #guard(Subject, Supplier)} does
   * @param next gets what the check gives
   * @return what {@code next} gives, when the count has been taken back; fails as the check and
   *     {@code next} do, and with {@link Problem} 429 {@code too-many-attempts} without running
   *     either
   */
  public <T, R> Uni<R> guard(
      Subject subject, Supplier<Uni<? extends T>> check, Function<T, Uni<R>> next) {
    return take(subject, rules(subject))
        .flatMap(
            taken ->
                Uni.createFrom()
                    .<T>deferred(check)
                    .onFailure(failure -> !isWrongGuess(failure))
                    .call(failure -> store.giveBack(taken))
                    .flatMap(
                        right ->
                            takenBack(taken, Uni.createFrom().deferred(() -> next.apply(right)))));
  }

  /** Both are waited for, so that neither is broken off when the other fails. */
  private <R> Uni<R> takenBack(List<DelayRule> taken, Uni<R> next) {
    return Uni.combine()
        .all()
        .unis(
            store.giveBack(taken.subList(1, taken.size())), store.forget(taken.subList(0, 1)), next)
        .collectFailures()
        .asTuple()
        .onFailure(CompositeException.class)
        .transform(several -> several.getCause())
        .map(Tuple3::getItem3);
  }

  /**
   * Runs a check of something that names no account until it is right; guesses count for the
   * network alone.
   *
   * @param check fails with {@link Problem} {@code passkey-refused} for a wrong guess
   * @return what the check gives; fails with {@link Problem} 429 {@code too-many-attempts} without
   *     running it
   */
  public <T> Uni<T> guardNetwork(RequestOrigin origin, Supplier<Uni<? extends T>> check) {
    Subject subject = new Subject("", null, origin);
    List<DelayRule> network = List.of(rules(subject).get(NETWORK));
    return store
        .take(network)
        .flatMap(
            refusal ->
                refusal.delay().isZero()
                    ? Uni.createFrom().<T>deferred(check)
                    : refuse(subject, refusal, network.getFirst(), "network"))
        .onFailure(failure -> !isWrongGuess(failure) && !isWait(failure))
        .call(failure -> store.giveBack(network))
        .call(right -> store.giveBack(network));
  }

  private static boolean isWait(Throwable failure) {
    return failure instanceof Problem problem && problem.status() == 429;
  }

  /**
   * Ends the waits that wrong guesses at an account, from here and from everywhere, have caused.
   */
  public Uni<Void> unlock(Subject subject) {
    List<DelayRule> rules = rules(subject);
    return store.forget(List.of(rules.getFirst(), rules.get(ACCOUNT)));
  }

  /** Takes a network for an account's owner's, who has proved to be there. */
  Uni<Void> remember(SqlConnection tx, String userId, String network) {
    return networks.remember(
        tx, userId, network, clock.instant().plus(settings.knownNetworkLifetime()));
  }

  private Uni<List<DelayRule>> take(Subject subject, List<DelayRule> rules) {
    return store
        .take(rules)
        .flatMap(
            refusal -> {
              if (refusal.delay().isZero()) {
                return Uni.createFrom().item(rules);
              }
              return refusal.rule() == ACCOUNT && subject.userId() != null
                  ? takeAsOwner(subject, subject.userId(), rules, refusal)
                  : refuse(subject, rules, refusal);
            });
  }

  /** Strangers' guesses at an account do not slow its owner down. */
  private Uni<List<DelayRule>> takeAsOwner(
      Subject subject, String userId, List<DelayRule> rules, DelayStore.Refusal refusal) {
    List<DelayRule> own = rules.subList(0, ACCOUNT);
    return networks
        .isKnown(userId, subject.network(), clock.instant())
        .flatMap(
            known ->
                known
                    ? store
                        .take(own)
                        .flatMap(
                            still ->
                                still.delay().isZero()
                                    ? Uni.createFrom().item(own)
                                    : refuse(subject, own, still))
                    : refuse(subject, rules, refusal));
  }

  private <T> Uni<T> refuse(Subject subject, List<DelayRule> rules, DelayStore.Refusal refusal) {
    String by = List.of("account_from_network", "network", "account").get(refusal.rule());
    return refuse(subject, refusal, rules.get(refusal.rule()), by);
  }

  private <T> Uni<T> refuse(
      Subject subject, DelayStore.Refusal refusal, DelayRule rule, String by) {
    metrics.counter("faultmaven.login.throttled", "by", by).increment();
    return note(subject, refusal, rule, by)
        .flatMap(
            done ->
                Uni.createFrom()
                    .failure(
                        Attempts.refusal(
                            "Too many failed log-ins; wait before you try again, or set a new"
                                + " password.",
                            refusal.delay(),
                            rule.free())));
  }

  private Uni<Void> note(Subject subject, DelayStore.Refusal refusal, DelayRule rule, String by) {
    Instant now = clock.instant();
    Instant end = noted.getIfPresent(rule.key());
    if (end != null && end.isAfter(now)) {
      return Uni.createFrom().voidItem();
    }
    noted.put(rule.key(), now.plus(refusal.delay()));
    return audit.append(
        AuthEvent.now(
            AuthEventType.LOGIN_THROTTLED, subject.userId(), null, subject.origin(), by, now));
  }

  private static boolean isWrongGuess(Throwable failure) {
    return failure instanceof Problem problem && WRONG_GUESSES.contains(problem.code());
  }

  private List<DelayRule> rules(Subject subject) {
    Duration first = settings.firstDelay();
    Duration memory = settings.forgetAfter();
    return List.of(
        new DelayRule(
            "pair " + subject.network() + " " + subject.secret(),
            settings.freeAttempts(),
            first,
            settings.longestDelay(),
            memory),
        new DelayRule(
            "network " + subject.network(),
            settings.addressFreeAttempts(),
            first,
            settings.longestAddressDelay(),
            memory),
        new DelayRule(
            "everywhere " + subject.secret(),
            settings.accountFreeAttempts(),
            first,
            settings.longestAccountDelay(),
            memory));
  }
}
