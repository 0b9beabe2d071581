package com.faultmaven.user.domain.privacy;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.AccountStore;
import com.faultmaven.user.domain.Actor;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.DataAccess;
import com.faultmaven.user.domain.DataAccessLog;
import com.faultmaven.user.domain.DataResource;
import com.faultmaven.user.domain.PasswordConfirmation;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/** Exports of what the suite holds about a user (decisions, section 9). */
@ApplicationScoped
public class Exports {
  private final ExportStore store;
  private final AccountStore accounts;
  private final AuthAuditLog audit;
  private final DataAccessLog accesses;
  private final Transactions transactions;
  private final PrivacySettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Exports(
      ExportStore store,
      AccountStore accounts,
      AuthAuditLog audit,
      DataAccessLog accesses,
      Transactions transactions,
      PrivacySettings settings,
      Clock clock) {
    this.store = store;
    this.accounts = accounts;
    this.audit = audit;
    this.accesses = accesses;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
  }

  /** Path of an export. */
  public static String path(String exportId) {
    return "/api/v1/exports/" + exportId;
  }

  /**
   * Allows the caller to fetch a user's data; who has an export already gets the same again. Fails
   * with {@link Problem} 404, 403 when the caller has ceased to be an admin, and 401 when the
   * caller's own account has been deactivated.
   */
  public Uni<Created<Export>> request(Actor actor, String userId) {
    if (!actor.mayAccess(userId)) {
      return Uni.createFrom().failure(Problem.notFound("user"));
    }
    Instant now = clock.instant();
    return transactions.inTransaction(
        tx ->
            accounts
                .requireMayChange(tx, actor, userId)
                .chain(() -> store.findOpen(tx, userId, actor.userId(), now))
                .flatMap(
                    open ->
                        open.isPresent()
                            ? Uni.createFrom().item(created(open.get(), true))
                            : add(tx, actor, userId, now)));
  }

  private Uni<Created<Export>> add(SqlConnection tx, Actor actor, String userId, Instant now) {
    Export export =
        new Export(Ids.next(), userId, actor.userId(), now, now.plus(settings.exportLifetime()));
    return store
        .add(tx, export)
        .invoke(
            added -> {
              if (!added) {
                throw Problem.notFound("user");
              }
            })
        .call(added -> audit.append(tx, event(AuthEventType.EXPORT_REQUESTED, actor, export, now)))
        .replaceWith(created(export, false));
  }

  /**
   * The export, for whose data it is about and for admins, whose reads of another's are recorded
   * before they are answered. Fails with {@link Problem} 404, 410 {@code export-expired} when its
   * time is over, and 401 when the caller's account has been deactivated.
   */
  public Uni<Export> find(Actor actor, String exportId) {
    return requireActive(actor)
        .flatMap(active -> store.find(exportId))
        .map(
            found ->
                found
                    .filter(export -> actor.mayAccess(export.userId()))
                    .orElseThrow(() -> Problem.notFound("export")))
        .invoke(
            export -> {
              if (!export.expiresAt().isAfter(clock.instant())) {
                throw Problem.of(
                    410, "export-expired", "This export has expired; ask for a new one.");
              }
            })
        .call(
            export ->
                actor.userId().equals(export.userId())
                    ? Uni.createFrom().voidItem()
                    : accesses.append(
                        DataAccess.read(
                            actor, export.userId(), DataResource.EXPORT, clock.instant())));
  }

  /** A token outlives a deactivation by minutes; the data must not leave in them. */
  private Uni<Void> requireActive(Actor actor) {
    return accounts
        .getIncludingDeleted(actor.userId())
        .invoke(
            found -> {
              if (found.filter(user -> !user.isActive()).isPresent()) {
                throw PasswordConfirmation.accountGone();
              }
            })
        .replaceWithVoid();
  }

  /** As {@link #find}, for somebody who is about to get the data: that is in the audit too. */
  public Uni<Export> fetch(Actor actor, String exportId) {
    return find(actor, exportId)
        .call(
            export -> audit.append(event(AuthEventType.EXPORTED, actor, export, clock.instant())));
  }

  private static Created<Export> created(Export export, boolean before) {
    return new Created<>(path(export.exportId()), export, before);
  }

  private static AuthEvent event(AuthEventType type, Actor actor, Export export, Instant now) {
    return AuthEvent.now(
        type, export.userId(), actor.userId(), actor.origin(), export.exportId(), now);
  }
}
