package com.faultmaven.user.domain.sso;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserRegistered;
import com.faultmaven.common.event.UserUpdated;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.user.Role;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.model.user.UserBuilder;
import com.faultmaven.common.repository.DuplicateKeyException;
import com.faultmaven.user.domain.AccountStore;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.ProviderLink;
import com.faultmaven.user.domain.ProviderLinking;
import com.faultmaven.user.domain.RequestOrigin;
import com.faultmaven.user.domain.SignInEnding;
import com.faultmaven.user.domain.UnprovenCredentials;
import com.faultmaven.user.domain.factor.SecondFactors;
import com.faultmaven.user.domain.mail.MailKind;
import com.faultmaven.user.domain.mail.Mails;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the account of somebody whom a provider vouches for: the one that is linked already, the
 * one of the same verified address, or a new one.
 *
 * <p>An account whose own address was never verified may have been registered by a stranger who
 * waits for its owner. It becomes the owner's: whatever the stranger could sign in with is removed
 * and every log-in and session ends.
 *
 * <p>One with a second factor is not tied to anybody by its address alone: that waits for a code,
 * as a log-in with the password does. Whenever an account is tied to somebody its owner gets a
 * mail.
 */
@ApplicationScoped
public class SsoAccounts implements ProviderLinking {
  private static final int ATTEMPTS = 6;
  private static final List<String> LINK_FIELDS = List.of("sso_provider", "sso_provider_id");

  private final AccountStore accounts;
  private final SignInEnding ending;
  private final UnprovenCredentials credentials;
  private final SecondFactors factors;
  private final SsoUsernames usernames;
  private final Mails mails;
  private final AuthAuditLog audit;
  private final Outbox outbox;
  private final Transactions transactions;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public SsoAccounts(
      AccountStore accounts,
      SignInEnding ending,
      UnprovenCredentials credentials,
      SecondFactors factors,
      SsoUsernames usernames,
      Mails mails,
      AuthAuditLog audit,
      Outbox outbox,
      Transactions transactions,
      Clock clock) {
    this.accounts = accounts;
    this.ending = ending;
    this.credentials = credentials;
    this.factors = factors;
    this.usernames = usernames;
    this.mails = mails;
    this.audit = audit;
    this.outbox = outbox;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Somebody else was faster: what was looked up is not so any more. */
  private static final class ChangedMeanwhileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChangedMeanwhileException() {
      super("the account has changed meanwhile", null, false, false);
    }
  }

  /**
   * The account of somebody.
   *
   * @return fails with {@link SsoRefusedException}
   */
  Uni<SsoAccount> of(SsoIdentity identity, RequestOrigin origin) {
    return attempt(identity, origin, 0);
  }

  private Uni<SsoAccount> attempt(SsoIdentity identity, RequestOrigin origin, int attempt) {
    return transactions
        .inTransaction(tx -> find(tx, identity, origin, attempt))
        .onFailure(failure -> attempt + 1 < ATTEMPTS && isLostRace(failure))
        .recoverWithUni(() -> attempt(identity, origin, attempt + 1));
  }

  /** A taken name needs another one; a taken address or identity is found by the next look-up. */
  private static boolean isLostRace(Throwable failure) {
    return failure instanceof DuplicateKeyException || failure instanceof ChangedMeanwhileException;
  }

  private Uni<SsoAccount> find(
      SqlConnection tx, SsoIdentity identity, RequestOrigin origin, int attempt) {
    return accounts
        .getBySsoIncludingDeleted(tx, identity.provider(), identity.subject())
        .flatMap(
            linked ->
                linked.isPresent()
                    ? Uni.createFrom().item(new SsoAccount(active(linked.get()), null))
                    : findByEmail(tx, identity, origin, attempt));
  }

  private Uni<SsoAccount> findByEmail(
      SqlConnection tx, SsoIdentity identity, RequestOrigin origin, int attempt) {
    Optional<String> email = identity.verifiedEmail();
    if (email.isEmpty()) {
      return Uni.createFrom().failure(new SsoRefusedException(SsoRefusal.EMAIL_UNVERIFIED));
    }
    return accounts
        .getByEmailIncludingDeleted(tx, email.get())
        .flatMap(
            found ->
                found.isPresent()
                    ? linkByEmail(tx, linkable(found.get()), identity, origin)
                    : register(tx, identity, email.get(), origin, attempt)
                        .map(made -> new SsoAccount(made, null)));
  }

  private static User active(User user) {
    if (!user.isActive() || user.deletedAt() != null) {
      throw new SsoRefusedException(SsoRefusal.DEACTIVATED, user.userId());
    }
    return user;
  }

  private static User linkable(User user) {
    if (user.ssoProvider() != null) {
      throw new SsoRefusedException(SsoRefusal.LINKED_ELSEWHERE, user.userId());
    }
    return active(user);
  }

  private Uni<SsoAccount> linkByEmail(
      SqlConnection tx, User found, SsoIdentity identity, RequestOrigin origin) {
    ProviderLink link = new ProviderLink(identity.provider(), identity.subject());
    if (!found.isEmailVerified()) {
      // Its second factor may be a stranger's, and goes.
      return link(tx, found, link, origin).map(linked -> new SsoAccount(linked, null));
    }
    return factors
        .isEnrolled(tx, found.userId())
        .flatMap(
            enrolled ->
                enrolled
                    ? Uni.createFrom().item(new SsoAccount(found, link))
                    : link(tx, found, link, origin).map(linked -> new SsoAccount(linked, null)));
  }

  @Override
  public Uni<Void> link(SqlConnection tx, String userId, ProviderLink link, RequestOrigin origin) {
    Instant now = clock.instant();
    return accounts
        .update(tx, userId, locked -> linked(linkable(locked), link, now))
        .map(stored -> stored.orElseThrow(() -> new SsoRefusedException(SsoRefusal.DEACTIVATED)))
        .flatMap(linked -> record(tx, linked, LINK_FIELDS, link, origin, now))
        .onFailure(SsoRefusedException.class)
        .transform(failure -> ((SsoRefusedException) failure).refusal().problem())
        .onFailure(DuplicateKeyException.class)
        .transform(failure -> SsoRefusal.LINKED_ELSEWHERE.problem());
  }

  private Uni<User> link(SqlConnection tx, User found, ProviderLink link, RequestOrigin origin) {
    Instant now = clock.instant();
    User linked = linked(found, link, now);
    return accounts
        .update(
            tx,
            found.userId(),
            locked -> {
              if (!locked.equals(found)) {
                throw new ChangedMeanwhileException();
              }
              return linked;
            })
        .map(stored -> stored.orElseThrow(ChangedMeanwhileException::new))
        .call(() -> found.isEmailVerified() ? nothing() : takeFromStranger(tx, linked, origin))
        .call(() -> record(tx, linked, changed(found, linked), link, origin, now));
  }

  private Uni<Void> record(
      SqlConnection tx,
      User linked,
      List<String> changed,
      ProviderLink link,
      RequestOrigin origin,
      Instant now) {
    String userId = linked.userId();
    return append(tx, AuthEventType.SSO_LINKED, linked, link.provider(), origin, now)
        .flatMap(done -> outbox.append(tx, new UserUpdated(userId, changed, true, now)))
        .flatMap(done -> mails.queue(tx, MailKind.SIGN_IN_CHANGED, userId, linked.email(), null));
  }

  private static User linked(User user, ProviderLink link, Instant now) {
    UserBuilder linked =
        user.toBuilder().ssoProvider(link.provider()).ssoProviderId(link.subject()).updatedAt(now);
    if (!user.isEmailVerified()) {
      linked.hashedPassword(null).isEmailVerified(true).emailVerifiedAt(now);
    }
    return linked.build();
  }

  private static List<String> changed(User before, User after) {
    List<String> changed = new ArrayList<>(LINK_FIELDS);
    if (!before.isEmailVerified()) {
      changed.add("is_email_verified");
    }
    if (!Objects.equals(before.hashedPassword(), after.hashedPassword())) {
      changed.add("password");
    }
    return changed;
  }

  private Uni<Void> takeFromStranger(SqlConnection tx, User user, RequestOrigin origin) {
    Instant now = user.updatedAt();
    String userId = user.userId();
    return credentials
        .removeAll(tx, userId)
        .flatMap(done -> ending.endAll(tx, userId, "sso_linked"))
        .flatMap(ended -> append(tx, AuthEventType.EMAIL_VERIFIED, user, "sso", origin, now));
  }

  private Uni<User> register(
      SqlConnection tx, SsoIdentity identity, String email, RequestOrigin origin, int attempt) {
    Instant now = clock.instant();
    String username = usernames.propose(identity, email, attempt);
    User user =
        User.create(Ids.next(), username, email, now)
            .displayName(identity.displayName().orElse(username))
            .isEmailVerified(true)
            .emailVerifiedAt(now)
            .ssoProvider(identity.provider())
            .ssoProviderId(identity.subject())
            .build();
    List<String> roles = user.roles().stream().map(Role::wireName).toList();
    return accounts
        .save(tx, user)
        .call(() -> append(tx, AuthEventType.REGISTERED, user, "sso", origin, now))
        .call(() -> outbox.append(tx, new UserRegistered(user.userId(), username, roles, now)));
  }

  private Uni<Void> append(
      SqlConnection tx,
      AuthEventType type,
      User user,
      @Nullable String detail,
      RequestOrigin origin,
      Instant now) {
    String userId = user.userId();
    return audit.append(tx, AuthEvent.now(type, userId, userId, origin, detail, now));
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
