package com.faultmaven.user.domain;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserDeactivated;
import com.faultmaven.common.event.UserDeleted;
import com.faultmaven.common.event.UserRolesChanged;
import com.faultmaven.common.event.UserUpdated;
import com.faultmaven.common.model.user.Role;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.model.user.UserProfile;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Accounts after their registration. One sees and changes one's own, admins all; another's is 404.
 * The last active administrator can neither go nor lose the role. Who changes something as an admin
 * must be one in the database at that time: a token may be older than the loss of the role.
 */
@ApplicationScoped
public class Accounts {
  private final AccountStore accounts;
  private final Profiles profiles;
  private final SignInEnding ending;
  private final AuthAuditLog audit;
  private final DataAccessLog accesses;
  private final Outbox outbox;
  private final Transactions transactions;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Accounts(
      AccountStore accounts,
      Profiles profiles,
      SignInEnding ending,
      AuthAuditLog audit,
      DataAccessLog accesses,
      Outbox outbox,
      Transactions transactions,
      Clock clock) {
    this.accounts = accounts;
    this.profiles = profiles;
    this.ending = ending;
    this.audit = audit;
    this.accesses = accesses;
    this.outbox = outbox;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * The caller's own profile.
   *
   * @return fails with 401 when the account has been deleted or deactivated since its token was
   *     made
   */
  public Uni<UserProfile> own(String userId) {
    return profiles
        .active(userId)
        .map(found -> found.orElseThrow(PasswordConfirmation::accountGone));
  }

  /**
   * An account; admins see deleted ones too. A read of another's is recorded before it is answered.
   * Fails with {@link Problem} 404.
   */
  public Uni<UserProfile> find(Actor actor, String userId) {
    if (!actor.mayAccess(userId)) {
      return Uni.createFrom().failure(noSuchUser());
    }
    if (actor.userId().equals(userId) && !actor.isAdmin()) {
      return own(userId);
    }
    return accounts
        .getIncludingDeleted(userId)
        .map(found -> found.map(User::profile).orElseThrow(Accounts::noSuchUser))
        .call(
            found ->
                actor.userId().equals(found.userId())
                    ? Uni.createFrom().voidItem()
                    : recordRead(actor, found.userId(), DataResource.ACCOUNT));
  }

  /**
   * Accounts that are not deleted, oldest first. For admins alone. The read is recorded before it
   * is answered.
   *
   * @param text what the user name, address or display name holds; null for all
   */
  public Uni<Page<UserProfile>> list(Actor actor, @Nullable String text, PageRequest page) {
    return (text == null || text.isBlank() ? accounts.list(page) : accounts.search(text, page))
        .call(found -> recordRead(actor, null, DataResource.USERS_LIST))
        .map(
            found ->
                Page.of(found.items().stream().map(User::profile).toList(), found.total(), page));
  }

  private Uni<Void> recordRead(Actor actor, @Nullable String userId, DataResource resource) {
    return accesses.append(DataAccess.read(actor, userId, resource, clock.instant()));
  }

  /**
   * Changes a profile. Fails with {@link Problem} 404, 403 when the caller has ceased to be an
   * admin, and 401 when the caller's own account has been deactivated.
   */
  public Uni<UserProfile> change(Actor actor, String userId, ProfileChange change) {
    if (!actor.mayAccess(userId)) {
      return Uni.createFrom().failure(noSuchUser());
    }
    UnaryOperator<User> applied = living(change::applyTo);
    return transactions.inTransaction(
        tx ->
            accounts
                .requireMayChange(tx, actor, userId)
                .flatMap(
                    may -> update(tx, actor, userId, AuthEventType.PROFILE_CHANGED, null, applied))
                .call(stored -> tell(tx, stored, change.fields())));
  }

  /**
   * Sets the roles, at least one. For admins alone. Fails with 403, 404 and 409 {@code last-admin}.
   */
  public Uni<UserProfile> setRoles(Actor actor, String userId, Set<Role> roles) {
    String detail = String.join(",", wireNames(roles));
    UnaryOperator<User> change = living(user -> user.toBuilder().roles(roles).build());
    return transactions.inTransaction(
        tx ->
            requireAdmin(tx, actor)
                .flatMap(
                    may ->
                        roles.contains(Role.ADMIN)
                            ? Uni.createFrom().voidItem()
                            : keepAnAdmin(tx, userId))
                .flatMap(
                    kept -> update(tx, actor, userId, AuthEventType.ROLES_CHANGED, detail, change))
                .call(
                    stored ->
                        outbox.append(
                            tx,
                            new UserRolesChanged(
                                userId, wireNames(roles), actor.userId(), clock.instant()))));
  }

  /**
   * Stops an account: nobody can log in or refresh, its sessions end. For admins alone. Fails with
   * 403, 404 and 409 {@code last-admin}.
   */
  public Uni<UserProfile> deactivate(Actor actor, String userId) {
    UnaryOperator<User> change = living(user -> user.toBuilder().isActive(false).build());
    return transactions.inTransaction(
        tx ->
            requireAdmin(tx, actor)
                .flatMap(may -> keepAnAdmin(tx, userId))
                .flatMap(kept -> update(tx, actor, userId, AuthEventType.DEACTIVATED, null, change))
                .call(stored -> outbox.append(tx, new UserDeactivated(userId, clock.instant())))
                .call(stored -> ending.endAll(tx, userId, "deactivated")));
  }

  /** Lets a stopped account log in again. For admins alone. Fails with 403 and 404. */
  public Uni<UserProfile> activate(Actor actor, String userId) {
    UnaryOperator<User> change = living(user -> user.toBuilder().isActive(true).build());
    return transactions.inTransaction(
        tx ->
            requireAdmin(tx, actor)
                .flatMap(may -> update(tx, actor, userId, AuthEventType.ACTIVATED, null, change))
                .call(stored -> tell(tx, stored, List.of("is_active"))));
  }

  /**
   * Deletes an account softly: its name and address stay taken, an admin can restore it. Fails with
   * 404, 409 {@code last-admin}, 403 when the caller has ceased to be an admin, and 401 when the
   * caller's own account has been deactivated.
   */
  public Uni<Void> delete(Actor actor, String userId) {
    if (!actor.mayAccess(userId)) {
      return Uni.createFrom().failure(noSuchUser());
    }
    return transactions.inTransaction(
        tx -> accounts.requireMayChange(tx, actor, userId).chain(() -> delete(tx, actor, userId)));
  }

  /** As {@link #delete(Actor, String)}, in the open transaction and for an actor who may. */
  public Uni<Void> delete(SqlConnection tx, Actor actor, String userId) {
    UnaryOperator<User> change =
        living(user -> user.toBuilder().deletedAt(clock.instant()).build());
    return keepAnAdmin(tx, userId)
        .flatMap(kept -> update(tx, actor, userId, AuthEventType.DELETED, null, change))
        .call(stored -> outbox.append(tx, new UserDeleted(userId, "requested", clock.instant())))
        .flatMap(stored -> ending.endAll(tx, userId, "deleted"));
  }

  /**
   * Takes back a deletion; for a living account nothing changes. For admins alone. Fails with 403,
   * 404, and 409 {@code erasure-begun} when the account's data are being erased.
   */
  public Uni<UserProfile> restore(Actor actor, String userId) {
    UnaryOperator<User> change = user -> user.toBuilder().deletedAt(null).build();
    return transactions.inTransaction(
        tx ->
            requireAdmin(tx, actor)
                .flatMap(may -> update(tx, actor, userId, AuthEventType.RESTORED, null, change))
                .call(stored -> requireNotErased(tx, userId))
                .call(stored -> tell(tx, stored, List.of("deleted_at"))));
  }

  /** Asked with the account's row locked: an erasure begins with that lock too. */
  private Uni<Void> requireNotErased(SqlConnection tx, String userId) {
    return accounts
        .isBeingErased(tx, userId)
        .invoke(
            begun -> {
              if (begun) {
                throw Problem.conflict(
                    "erasure-begun",
                    "The account's data are being erased; nothing brings it back.");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> requireAdmin(SqlConnection tx, Actor actor) {
    return accounts.requireActiveAdmin(tx, actor.userId());
  }

  private Uni<UserProfile> update(
      SqlConnection tx,
      Actor actor,
      String userId,
      AuthEventType type,
      @Nullable String detail,
      UnaryOperator<User> change) {
    Instant now = clock.instant();
    AuthEvent event = AuthEvent.now(type, userId, actor.userId(), actor.origin(), detail, now);
    return accounts
        .update(tx, userId, user -> change.apply(user).toBuilder().updatedAt(now).build())
        .map(found -> found.orElseThrow(Accounts::noSuchUser))
        .call(stored -> audit.append(tx, event))
        .map(User::profile);
  }

  /** A change that finds no deleted account. */
  private static UnaryOperator<User> living(UnaryOperator<User> change) {
    return user -> {
      if (user.deletedAt() != null) {
        throw noSuchUser();
      }
      return change.apply(user);
    };
  }

  private Uni<Void> keepAnAdmin(SqlConnection tx, String userId) {
    return accounts
        .hasOtherAdmin(tx, userId)
        .flatMap(
            another ->
                another
                    ? Uni.createFrom().voidItem()
                    : accounts
                        .get(tx, userId)
                        .invoke(
                            found -> {
                              if (found.filter(Accounts::isActiveAdmin).isPresent()) {
                                throw Problem.conflict(
                                    "last-admin", "This is the last active administrator.");
                              }
                            })
                        .replaceWithVoid());
  }

  private static boolean isActiveAdmin(User user) {
    return user.isActive() && user.roles().contains(Role.ADMIN);
  }

  private Uni<Void> tell(SqlConnection tx, UserProfile stored, List<String> changed) {
    return changed.isEmpty()
        ? Uni.createFrom().voidItem()
        : outbox.append(
            tx, new UserUpdated(stored.userId(), changed, stored.isActive(), stored.updatedAt()));
  }

  private static List<String> wireNames(Set<Role> roles) {
    return roles.stream().sorted().map(Role::wireName).toList();
  }

  private static Problem noSuchUser() {
    return Problem.notFound("user");
  }
}
