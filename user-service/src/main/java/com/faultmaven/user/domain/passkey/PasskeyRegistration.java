package com.faultmaven.user.domain.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserUpdated;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Idempotency;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.AccountStore;
import com.faultmaven.user.domain.Actor;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.PasswordConfirmation;
import com.faultmaven.user.domain.UnprovenCredentials;
import com.faultmaven.user.domain.mail.MailKind;
import com.faultmaven.user.domain.mail.Mails;
import com.faultmaven.user.domain.passkey.PasskeyVerification.Made;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Adds passkeys to accounts. Where an account has a password it is asked for first: a stolen access
 * token alone must not add a way in. The challenge that one gets for it is good for this account
 * alone.
 */
@ApplicationScoped
public class PasskeyRegistration {
  private static final Logger LOG = Logger.getLogger(PasskeyRegistration.class);
  private static final int USER_HANDLE_BYTES = 32;

  private final AccountStore accounts;
  private final PasskeyStore passkeys;
  private final PasskeyVerification verification;
  private final Challenges challenges;
  private final PasswordConfirmation confirmation;
  private final Mails mails;
  private final AuthAuditLog audit;
  private final Outbox outbox;
  private final Idempotency idempotency;
  private final PasskeySettings settings;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** Wires the bean. */
  @Inject
  public PasskeyRegistration(
      AccountStore accounts,
      PasskeyStore passkeys,
      PasskeyVerification verification,
      Challenges challenges,
      PasswordConfirmation confirmation,
      Mails mails,
      AuthAuditLog audit,
      Outbox outbox,
      Idempotency idempotency,
      PasskeySettings settings,
      Clock clock) {
    this.accounts = accounts;
    this.passkeys = passkeys;
    this.verification = verification;
    this.challenges = challenges;
    this.confirmation = confirmation;
    this.mails = mails;
    this.audit = audit;
    this.outbox = outbox;
    this.idempotency = idempotency;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Begins: what the browser needs to make a passkey.
   *
   * @param password the account's present one; null is enough when it has none
   * @return fails with 401 when the account is gone, {@link Problem} 400 when the password is
   *     missing, 403 {@code wrong-password}, 429 {@code too-many-attempts}, 503 {@code
   *     password-check-busy}
   */
  public Uni<RegistrationOptions> begin(Actor actor, @Nullable String password) {
    return confirmation
        .confirmIfThereIsOne(
            actor, password, AuthEventType.SECOND_FACTOR_FAILED, "passkey_registration")
        .flatMap(user -> passkeys.list(user.userId()).map(existing -> options(user, existing)));
  }

  /**
   * Adds the passkey that the browser has made.
   *
   * @param credential the browser's {@code RegistrationResponseJSON}
   * @param key the request's {@code Idempotency-Key}, null when it has none
   * @return the passkey and its path; fails with 401 when the account is gone, {@link Problem} 400
   *     {@code passkey-invalid}, 409 {@code passkey-exists} or {@code too-many-passkeys}, 503
   *     {@code passkey-check-busy}
   */
  public Uni<Created<PasskeySummary>> finish(
      Actor actor, String name, JsonNode credential, @Nullable String key) {
    Attestation attestation;
    try {
      attestation = Attestation.of(credential);
    } catch (PasskeyRefused malformed) {
      return Uni.createFrom().failure(invalid());
    }
    // Checked before the transaction, and refused in it: a request that is repeated after its
    // challenge has expired gets its first answer again.
    return verification
        .made(attestation, actor.userId())
        .map(Optional::of)
        .onFailure(PasskeyRefused.class)
        .recoverWithItem(PasskeyRegistration::refused)
        .flatMap(
            made ->
                idempotency.create(
                    key,
                    actor.userId(),
                    new ComparableRequest(name, attestation),
                    PasskeySummary.class,
                    tx -> add(tx, actor, name, attestation, made.orElseThrow(() -> invalid()))));
  }

  /** What tells one request from another. */
  @RegisterForReflection
  record ComparableRequest(String name, Attestation credential) {}

  private RegistrationOptions options(User user, List<Passkey> existing) {
    // An authenticator keeps one passkey for each handle: all of an account have the same.
    String handle = existing.isEmpty() ? newHandle() : existing.getFirst().userHandle();
    return new RegistrationOptions(
        settings.rpId(),
        settings.rpName(),
        handle,
        user.username(),
        user.displayName(),
        challenges.forRegistration(user.userId(), handle),
        settings.challengeLifetime().toMillis(),
        existing);
  }

  private String newHandle() {
    byte[] handle = new byte[USER_HANDLE_BYTES];
    random.nextBytes(handle);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(handle);
  }

  private Uni<Created<PasskeySummary>> add(
      SqlConnection tx, Actor actor, String name, Attestation attestation, Made made) {
    Instant now = clock.instant();
    Passkey passkey = passkey(actor.userId(), name, attestation, made, now);
    // The account's row is locked: of two additions at once the second counts the first.
    return touch(tx, actor.userId(), now)
        .invoke(user -> requirePresent(user, made.challenge()))
        .call(user -> passkeys.useChallenge(tx, made.challenge(), now).invoke(this::requireUnused))
        .call(user -> passkeys.count(tx, user.userId()).invoke(this::requireRoom))
        .call(user -> passkeys.add(tx, passkey).invoke(PasskeyRegistration::requireNew))
        .call(user -> record(tx, actor, user, now))
        .map(
            user -> Created.now("/api/v1/auth/passkeys/" + passkey.passkeyId(), passkey.summary()));
  }

  private Uni<User> touch(SqlConnection tx, String userId, Instant now) {
    return accounts
        .update(
            tx,
            userId,
            user -> {
              if (user.deletedAt() != null || !user.isActive()) {
                throw PasswordConfirmation.accountGone();
              }
              return user.toBuilder().updatedAt(now).build();
            })
        .map(found -> found.orElseThrow(PasswordConfirmation::accountGone));
  }

  private static Passkey passkey(
      String userId, String name, Attestation attestation, Made made, Instant now) {
    String handle = made.challenge().userHandle();
    if (handle == null) {
      throw new IllegalStateException("a challenge for a registration has a user handle");
    }
    return new Passkey(
        Ids.next(),
        userId,
        attestation.credentialId(),
        made.publicKey(),
        made.signCount(),
        handle,
        made.aaguid(),
        name,
        attestation.transports(),
        made.backupEligible(),
        made.backedUp(),
        now,
        null);
  }

  private Uni<Void> record(SqlConnection tx, Actor actor, User user, Instant now) {
    AuthEvent event =
        AuthEvent.now(
            AuthEventType.PASSKEY_ADDED, user.userId(), actor.userId(), actor.origin(), null, now);
    return audit
        .append(tx, event)
        .flatMap(
            done ->
                outbox.append(
                    tx, new UserUpdated(user.userId(), List.of("passkeys"), user.isActive(), now)))
        .flatMap(
            done -> mails.queue(tx, MailKind.SIGN_IN_CHANGED, user.userId(), user.email(), null));
  }

  /** The password that was given for the challenge may be another's by now. */
  private void requirePresent(User user, Challenge challenge) {
    Instant begun = challenge.expiresAt().minus(settings.challengeLifetime());
    if (UnprovenCredentials.isOutdated(begun, user)) {
      throw invalid();
    }
  }

  private void requireUnused(boolean unused) {
    if (!unused) {
      throw invalid();
    }
  }

  private void requireRoom(int count) {
    if (count >= settings.maxPerAccount()) {
      throw Problem.conflict(
          "too-many-passkeys",
          "An account has at most "
              + settings.maxPerAccount()
              + " passkeys; remove one that you do not use.");
    }
  }

  private static void requireNew(boolean added) {
    if (!added) {
      throw Problem.conflict("passkey-exists", "This passkey has been added already.");
    }
  }

  private static Optional<Made> refused(Throwable failure) {
    LOG.debugf(failure, "A new passkey is refused");
    return Optional.empty();
  }

  private static Problem invalid() {
    return Problem.of(
        400,
        "passkey-invalid",
        "This is no passkey that was made for this account just now; begin again.");
  }
}
