package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

  /** Wires the bean. */
  @Inject
  public LoginThrottle(
      DelayStore store,
      KnownNetworks networks,
      LoginSettings settings,
      Clock clock,
      MeterRegistry metrics) {
    this.store = store;
    this.networks = networks;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Whose secret is guessed, and from where.
   *
   * @param account the account's id, or what was typed when there is no such account
   * @param userId the account's id, null when there is none
   * @param network the client's network
   */
  public record Subject(String account, @Nullable String userId, String network) {
    /** Guesses at a name, whether or not there is an account behind it. */
    public static Subject of(String typed, @Nullable User user, RequestOrigin origin) {
      return user == null
          ? new Subject(typed.toLowerCase(Locale.ROOT), null, Networks.of(origin.address()))
          : of(user, origin);
    }

    /** Guesses at an account. */
    public static Subject of(User user, RequestOrigin origin) {
      return new Subject(user.userId(), user.userId(), Networks.of(origin.address()));
    }

    /** Guesses at the account's second factor: they count by themselves. */
    public Subject secondFactor() {
      return new Subject("second-factor " + account, userId, network);
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
    List<DelayRule> rules = rules(subject);
    return take(subject, rules)
        .flatMap(
            taken ->
                Uni.createFrom()
                    .deferred(check)
                    .onFailure(failure -> !isWrongGuess(failure))
                    .call(failure -> store.giveBack(taken))
                    .call(
                        right ->
                            Uni.combine()
                                .all()
                                .unis(
                                    store.giveBack(taken.subList(1, taken.size())),
                                    store.forget(taken.subList(0, 1)))
                                .discardItems()));
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
    Subject subject = new Subject("", null, Networks.of(origin.address()));
    List<DelayRule> network = List.of(rules(subject).get(NETWORK));
    return store
        .take(network)
        .flatMap(
            refusal ->
                refusal.delay().isZero()
                    ? Uni.createFrom().<T>deferred(check)
                    : refuse(refusal, network.getFirst(), "network"))
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
                  : refuse(rules, refusal);
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
                                    : refuse(own, still))
                    : refuse(rules, refusal));
  }

  private <T> Uni<T> refuse(List<DelayRule> rules, DelayStore.Refusal refusal) {
    String by = List.of("account_from_network", "network", "account").get(refusal.rule());
    return refuse(refusal, rules.get(refusal.rule()), by);
  }

  private <T> Uni<T> refuse(DelayStore.Refusal refusal, DelayRule rule, String by) {
    metrics.counter("faultmaven.login.throttled", "by", by).increment();
    return Uni.createFrom()
        .failure(
            Attempts.refusal(
                "Too many failed log-ins; wait before you try again, or set a new password.",
                refusal.delay(),
                rule.free()));
  }

  private static boolean isWrongGuess(Throwable failure) {
    return failure instanceof Problem problem && WRONG_GUESSES.contains(problem.code());
  }

  private List<DelayRule> rules(Subject subject) {
    Duration first = settings.firstDelay();
    Duration memory = settings.forgetAfter();
    return List.of(
        new DelayRule(
            "pair " + subject.network() + " " + subject.account(),
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
            "account " + subject.account(),
            settings.accountFreeAttempts(),
            first,
            settings.longestAccountDelay(),
            memory));
  }
}
