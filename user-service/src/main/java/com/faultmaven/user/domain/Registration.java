package com.faultmaven.user.domain;

import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserRegistered;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.user.Role;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.model.user.UserProfile;
import com.faultmaven.common.repository.DuplicateKeyException;
import com.faultmaven.common.security.AtRestEncryption;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Idempotency;
import com.faultmaven.common.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes accounts: the row, its audit, its event and the mail to its address in one transaction. */
@ApplicationScoped
public class Registration {
  private static final String ANYONE = "anonymous";

  private final AccountStore accounts;
  private final PasswordPolicy policy;
  private final RegistrationThrottle throttle;
  private final PasswordHashing passwords;
  private final EmailVerification verification;
  private final AtRestEncryption encryption;
  private final AuthAuditLog audit;
  private final Outbox outbox;
  private final Idempotency idempotency;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Registration(
      AccountStore accounts,
      PasswordPolicy policy,
      RegistrationThrottle throttle,
      PasswordHashing passwords,
      EmailVerification verification,
      AtRestEncryption encryption,
      AuthAuditLog audit,
      Outbox outbox,
      Idempotency idempotency,
      Clock clock) {
    this.accounts = accounts;
    this.policy = policy;
    this.throttle = throttle;
    this.passwords = passwords;
    this.verification = verification;
    this.encryption = encryption;
    this.audit = audit;
    this.outbox = outbox;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /**
   * Registers an account.
   *
   * @param key the request's {@code Idempotency-Key}, null when it has none
   * @return its profile and path; fails with {@link Problem} 400 for a weak password, 409 {@code
   *     username-taken} or {@code email-taken}, 429 {@code too-many-attempts}, 503 {@code
   *     password-check-busy}
   */
  public Uni<Created<UserProfile>> register(
      NewAccount account, @Nullable String key, RequestOrigin origin) {
    policy.check("password", account.password(), account.username(), account.email());
    throttle.take(origin.address());
    // Hashed before the transaction: nobody holds a connection while waiting for a worker.
    return passwords
        .hash(account.password())
        .flatMap(
            hash ->
                idempotency.create(
                    key,
                    ANYONE,
                    comparable(account),
                    UserProfile.class,
                    tx -> create(tx, account, hash, origin)))
        .onFailure(DuplicateKeyException.class)
        .transform(failure -> taken(failure));
  }

  /** What tells one request from another; its hash is stored, so the password must not be in it. */
  @RegisterForReflection
  record ComparableRequest(String username, String email, String displayName, String password) {}

  private ComparableRequest comparable(NewAccount account) {
    return new ComparableRequest(
        account.username(),
        account.email(),
        account.displayName(),
        encryption.fingerprint("registration", account.password()));
  }

  private Uni<Created<UserProfile>> create(
      SqlConnection tx, NewAccount account, String hash, RequestOrigin origin) {
    Instant now = clock.instant();
    User user =
        User.create(Ids.next(), account.username(), account.email(), now)
            .displayName(account.displayName())
            .hashedPassword(hash)
            .lastPasswordChangeAt(now)
            .roles(account.roles())
            .isEmailVerified(account.emailVerified())
            .emailVerifiedAt(account.emailVerified() ? now : null)
            .build();
    AuthEvent event =
        AuthEvent.now(AuthEventType.REGISTERED, user.userId(), null, origin, null, now);
    return accounts
        .save(tx, user)
        .call(stored -> audit.append(tx, event))
        .call(stored -> outbox.append(tx, registered(stored)))
        .call(
            stored ->
                stored.isEmailVerified()
                    ? Uni.createFrom().voidItem()
                    : verification.send(tx, stored))
        .map(stored -> Created.now("/api/v1/users/" + stored.userId(), stored.profile()));
  }

  private static UserRegistered registered(User user) {
    List<String> roles = user.roles().stream().sorted().map(Role::wireName).toList();
    return new UserRegistered(user.userId(), user.username(), roles, user.createdAt());
  }

  private static Problem taken(DuplicateKeyException failure) {
    return "email".equals(failure.field())
        ? Problem.conflict("email-taken", "There is an account with this address already.")
        : Problem.conflict("username-taken", "There is an account with this user name already.");
  }
}
