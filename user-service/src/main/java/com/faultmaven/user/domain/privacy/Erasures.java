package com.faultmaven.user.domain.privacy;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserDataErased;
import com.faultmaven.common.event.UserErasureRequested;
import com.faultmaven.common.userdata.UserDataErasure;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.AccountStore;
import com.faultmaven.user.domain.Accounts;
import com.faultmaven.user.domain.Actor;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.DataAccess;
import com.faultmaven.user.domain.DataAccessLog;
import com.faultmaven.user.domain.DataResource;
import com.faultmaven.user.domain.RequestOrigin;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The saga of an erasure (decisions, section 9). The account is deleted softly and the request
 * published, in one transaction; each service erases and answers; a service that does not answer is
 * asked again. When the others are done this service erases the account itself, with the last
 * answer, in one transaction. A crash at any moment leaves an erasure that goes on.
 */
@ApplicationScoped
public class Erasures {
  private static final Logger LOG = Logger.getLogger(Erasures.class);

  private final ErasureStore store;
  private final AccountStore accountStore;
  private final Accounts accounts;
  private final UserDataErasure own;
  private final AuthAuditLog audit;
  private final DataAccessLog accesses;
  private final Outbox outbox;
  private final Transactions transactions;
  private final PrivacySettings settings;
  private final Clock clock;
  private final MeterRegistry metrics;
  private final String service;

  /** Wires the bean. */
  @Inject
  public Erasures(
      ErasureStore store,
      AccountStore accountStore,
      Accounts accounts,
      UserDataErasure own,
      AuthAuditLog audit,
      DataAccessLog accesses,
      Outbox outbox,
      Transactions transactions,
      PrivacySettings settings,
      Clock clock,
      MeterRegistry metrics,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.store = store;
    this.accountStore = accountStore;
    this.accounts = accounts;
    this.own = own;
    this.audit = audit;
    this.accesses = accesses;
    this.outbox = outbox;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
    this.service = service;
  }

  /**
   * Begins the erasure of a user's data, at once; one that has begun is given as it is. The account
   * is deleted by that and cannot be restored any more. Fails with {@link Problem} 404, 409 {@code
   * last-admin}, 403 when the caller has ceased to be an admin, and 401 when the caller's own
   * account has been deactivated.
   */
  public Uni<Erasure> request(Actor actor, String userId) {
    if (!actor.mayAccess(userId)) {
      return Uni.createFrom().failure(Problem.notFound("user"));
    }
    return transactions.inTransaction(
        tx ->
            accountStore
                .requireMayChange(tx, actor, userId)
                .chain(() -> store.lockAccount(tx, userId))
                .flatMap(
                    state ->
                        store
                            .findOfUser(tx, userId)
                            .flatMap(
                                running ->
                                    running.isPresent()
                                        ? Uni.createFrom().item(running.get())
                                        : request(tx, actor, userId, state))));
  }

  private Uni<Erasure> request(
      SqlConnection tx, Actor actor, String userId, ErasureStore.AccountState state) {
    Uni<Void> deleted =
        switch (state) {
          case ABSENT -> Uni.createFrom().failure(Problem.notFound("user"));
          case LIVING -> accounts.delete(tx, actor, userId);
          case DELETED -> Uni.createFrom().voidItem();
        };
    return deleted.chain(
        () -> begin(tx, userId, ErasureReason.REQUESTED, actor.userId(), actor.origin()));
  }

  /**
   * The erasure, for whose data it is about and for admins, whose reads of another's are recorded
   * before they are answered. Fails with {@link Problem} 404.
   */
  public Uni<Erasure> find(Actor actor, String erasureId) {
    return store
        .find(erasureId)
        .map(
            found ->
                found
                    .filter(erasure -> actor.mayAccess(erasure.userId()))
                    .orElseThrow(() -> Problem.notFound("erasure")))
        .call(
            erasure ->
                actor.userId().equals(erasure.userId())
                    ? Uni.createFrom().voidItem()
                    : accesses.append(
                        DataAccess.read(
                            actor, erasure.userId(), DataResource.ERASURE, clock.instant())));
  }

  /** Accounts whose erasure is due, at most so many. */
  public Uni<List<String>> findDue(Instant deletedBefore, int limit) {
    return store.findDue(deletedBefore, limit);
  }

  /** Begins an erasure that is due; false when the account was restored or erased meanwhile. */
  public Uni<Boolean> beginDue(String userId, Instant deletedBefore) {
    return transactions.inTransaction(
        tx ->
            store
                .lockDeletedBefore(tx, userId, deletedBefore)
                .flatMap(
                    due ->
                        due
                            ? store.findOfUser(tx, userId).map(Optional::isEmpty)
                            : Uni.createFrom().item(false))
                .call(
                    due ->
                        due
                            ? begin(tx, userId, ErasureReason.RETENTION, null, RequestOrigin.self())
                            : Uni.createFrom().voidItem()));
  }

  /** Erasures that some service has not answered for a while, at most so many. */
  public Uni<List<String>> findLate(Instant publishedBefore, int limit) {
    return store.findLate(publishedBefore, limit);
  }

  /** Asks the services again; false when the erasure has ended meanwhile. */
  public Uni<Boolean> repeat(String erasureId, Instant publishedBefore) {
    return transactions.inTransaction(
        tx ->
            store
                .publishAgain(tx, erasureId, publishedBefore, clock.instant())
                .call(
                    late ->
                        late.isPresent()
                            ? publish(tx, late.get()).invoke(() -> count("repeated"))
                            : Uni.createFrom().voidItem())
                .map(Optional::isPresent));
  }

  /** Takes a service's answer, and ends the erasure when it was the last one. */
  public Uni<Void> answered(SqlConnection tx, UserDataErased answer) {
    return store
        .answer(tx, answer.erasureId(), answer.service(), answer.erased(), answer.erasedAt())
        .flatMap(
            erasure ->
                erasure.isPresent()
                    ? endIfAnswered(tx, erasure.get())
                    : Uni.createFrom().voidItem());
  }

  private Uni<Erasure> begin(
      SqlConnection tx,
      String userId,
      ErasureReason reason,
      @Nullable String requestedBy,
      RequestOrigin origin) {
    Instant now = clock.instant();
    List<String> services = new ArrayList<>(settings.services());
    services.add(service);
    Erasure erasure = Erasure.begin(userId, reason, requestedBy, services, now);
    AuthEvent event =
        AuthEvent.now(
            AuthEventType.ERASURE_REQUESTED, userId, requestedBy, origin, reason.wireName(), now);
    return store
        .add(tx, erasure)
        .chain(() -> audit.append(tx, event))
        .chain(() -> publish(tx, erasure))
        .invoke(() -> count("requested"))
        .chain(() -> endIfAnswered(tx, erasure))
        .replaceWith(erasure);
  }

  private Uni<Void> publish(SqlConnection tx, Erasure erasure) {
    return outbox.append(
        tx, new UserErasureRequested(erasure.userId(), erasure.erasureId(), erasure.requestedAt()));
  }

  private Uni<Void> endIfAnswered(SqlConnection tx, Erasure erasure) {
    boolean awaited =
        erasure.answers().stream()
            .anyMatch(answer -> answer.erasedAt() == null && !answer.service().equals(service));
    return awaited ? Uni.createFrom().voidItem() : end(tx, erasure);
  }

  private Uni<Void> end(SqlConnection tx, Erasure erasure) {
    Instant now = clock.instant();
    return own.erase(tx, erasure.userId(), now)
        .call(erased -> store.answer(tx, erasure.erasureId(), service, erased, now))
        .call(erased -> store.complete(tx, erasure.erasureId(), now))
        .call(erased -> audit.append(tx, erased(erasure, erased, now)))
        .invoke(
            erased -> {
              count("completed");
              LOG.infof("Erasure %s is complete: %s", erasure.erasureId(), erased);
            })
        .replaceWithVoid();
  }

  private AuthEvent erased(Erasure erasure, Map<String, Long> own, Instant now) {
    Map<String, Long> all = new TreeMap<>(own);
    erasure.answers().stream()
        .map(Erasure.Answer::erased)
        .filter(java.util.Objects::nonNull)
        .forEach(erased -> erased.forEach((kind, count) -> all.merge(kind, count, Long::sum)));
    StringBuilder detail = new StringBuilder(erasure.erasureId());
    all.forEach((kind, count) -> detail.append(' ').append(kind).append('=').append(count));
    return AuthEvent.now(
        AuthEventType.ERASED, erasure.userId(), null, RequestOrigin.self(), detail.toString(), now);
  }

  private void count(String step) {
    metrics.counter("faultmaven.erasures", "step", step).increment();
  }
}
