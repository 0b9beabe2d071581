package com.faultmaven.user.domain.factor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserUpdated;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.security.AtRestEncryption;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.AccountStore;
import com.faultmaven.user.domain.Actor;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.LoginThrottle;
import com.faultmaven.user.domain.PasswordConfirmation;
import com.faultmaven.user.domain.RandomTokens;
import com.faultmaven.user.domain.UnprovenCredentials;
import com.faultmaven.user.domain.mail.MailKind;
import com.faultmaven.user.domain.mail.Mails;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.bouncycastle.util.encoders.Base32;
import org.jspecify.annotations.Nullable;

/**
 * An account's second factor: an authenticator application (RFC 6238) with ten recovery codes. It
 * counts from the moment that a code has proved that the application has the secret. What changes
 * it needs the password again, and its removal a code too; the owner gets a mail.
 */
@ApplicationScoped
public class SecondFactors {
  private static final String ISSUER = "FaultMaven";

  private final SecondFactorStore store;
  private final AccountStore accounts;
  private final PasswordConfirmation confirmation;
  private final LoginThrottle throttle;
  private final RecoveryCodes codes;
  private final RandomTokens random;
  private final AtRestEncryption encryption;
  private final Mails mails;
  private final AuthAuditLog audit;
  private final Outbox outbox;
  private final Transactions transactions;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public SecondFactors(
      SecondFactorStore store,
      AccountStore accounts,
      PasswordConfirmation confirmation,
      LoginThrottle throttle,
      RecoveryCodes codes,
      RandomTokens random,
      AtRestEncryption encryption,
      Mails mails,
      AuthAuditLog audit,
      Outbox outbox,
      Transactions transactions,
      Clock clock) {
    this.store = store;
    this.accounts = accounts;
    this.confirmation = confirmation;
    this.throttle = throttle;
    this.codes = codes;
    this.random = random;
    this.encryption = encryption;
    this.mails = mails;
    this.audit = audit;
    this.outbox = outbox;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * What an account has.
   *
   * @param enrolledAt when its authenticator application was confirmed; null when it has none
   * @param recoveryCodesLeft codes that are not used yet
   */
  public record State(@Nullable Instant enrolledAt, int recoveryCodesLeft) {}

  /**
   * What an authenticator application needs to know, shown once.
   *
   * @param secret Base32, to be typed
   * @param uri the same with all else, to be shown as a QR code
   */
  public record Proposal(String secret, String uri) {
    /** Shows nothing. */
    @Override
    public String toString() {
      return "Proposal[]";
    }
  }

  /**
   * What proves the second factor.
   *
   * @param code six digits of the authenticator application; null for a recovery code
   * @param recoveryCode one of the ten; null for a code
   */
  public record Proof(@Nullable String code, @Nullable String recoveryCode) {
    /** Shows nothing. */
    @Override
    public String toString() {
      return "Proof[]";
    }
  }

  /** What the caller's account has. */
  public Uni<State> state(String userId) {
    return store
        .find(userId)
        .flatMap(
            totp ->
                store
                    .codesLeft(userId)
                    .map(left -> new State(totp.map(StoredTotp::confirmedAt).orElse(null), left)));
  }

  /** Whether log-ins to the account need a second factor. */
  public Uni<Boolean> isEnrolled(String userId) {
    return store.find(userId).map(totp -> totp.map(StoredTotp::confirmedAt).isPresent());
  }

  /** As {@link #isEnrolled(String)}, in the open transaction. */
  public Uni<Boolean> isEnrolled(SqlConnection tx, String userId) {
    return store.find(tx, userId).map(totp -> totp.map(StoredTotp::confirmedAt).isPresent());
  }

  /**
   * Makes a secret, which counts when it is confirmed; once more makes another one.
   *
   * @return fails with {@link Problem} 403 {@code wrong-password}, 409 {@code
   *     second-factor-enrolled}, 429
   */
  public Uni<Proposal> propose(Actor actor, @Nullable String password) {
    byte[] secret = random.bytes(Totp.SECRET_BYTES);
    return confirmed(actor, password)
        .flatMap(
            user ->
                transactions
                    .inTransaction(tx -> store.propose(tx, sealed(user.userId(), secret)))
                    .map(
                        stored -> {
                          if (!stored) {
                            throw Problem.conflict(
                                "second-factor-enrolled",
                                "This account has a second factor; remove it first.");
                          }
                          return proposal(user, secret);
                        }));
  }

  /**
   * Confirms the secret by the first code.
   *
   * @return the recovery codes, shown once; fails with {@link Problem} 403 {@code wrong-code}, 409
   *     {@code second-factor-not-proposed}, 429
   */
  public Uni<List<String>> confirm(Actor actor, String code) {
    List<String> recovery = codes.next();
    return account(actor)
        .flatMap(
            user ->
                throttle.guard(
                    subject(user, actor),
                    () ->
                        store
                            .find(user.userId())
                            .map(
                                found ->
                                    found
                                        .filter(totp -> isWaiting(totp, user))
                                        .orElseThrow(SecondFactors::notProposed))
                            .flatMap(totp -> confirm(actor, user, totp, code, recovery))))
        .replaceWith(recovery);
  }

  /** Who gave the password for it may not be who has it by now. */
  private static boolean isWaiting(StoredTotp totp, User user) {
    return totp.confirmedAt() == null && !UnprovenCredentials.isOutdated(totp.createdAt(), user);
  }

  private Uni<Void> confirm(
      Actor actor, User user, StoredTotp totp, String code, List<String> recovery) {
    Instant now = clock.instant();
    OptionalLong step = Totp.find(open(totp), code, now, totp.lastStep());
    if (step.isEmpty()) {
      return refuse(actor, user, "enrolment");
    }
    return transactions.inTransaction(
        tx ->
            store
                .confirm(tx, totp, step.getAsLong(), now)
                .invoke(
                    stored -> {
                      if (!stored) {
                        throw notProposed();
                      }
                    })
                .flatMap(stored -> replaceCodes(tx, user.userId(), recovery))
                .flatMap(done -> changed(tx, actor, user, AuthEventType.TOTP_ENROLLED)));
  }

  /**
   * Replaces the recovery codes.
   *
   * @return the new ones, shown once; fails with {@link Problem} 403 {@code wrong-password}, {@code
   *     wrong-code}, 409 {@code no-second-factor}, 429
   */
  public Uni<List<String>> renewCodes(Actor actor, @Nullable String password, Proof proof) {
    List<String> recovery = codes.next();
    return proven(
            actor,
            password,
            proof,
            (tx, user) ->
                replaceCodes(tx, user.userId(), recovery)
                    .flatMap(
                        done -> changed(tx, actor, user, AuthEventType.RECOVERY_CODES_RENEWED)))
        .replaceWith(recovery);
  }

  /**
   * Removes the second factor.
   *
   * @return fails with {@link Problem} 403 {@code wrong-password}, {@code wrong-code}, 409 {@code
   *     no-second-factor}, 429
   */
  public Uni<Void> remove(Actor actor, @Nullable String password, Proof proof) {
    return proven(
        actor,
        password,
        proof,
        (tx, user) ->
            store
                .remove(tx, user.userId())
                .flatMap(removed -> changed(tx, actor, user, AuthEventType.TOTP_REMOVED)));
  }

  /**
   * Removes the second factor of an account whose owner has lost it; without one nothing happens.
   * For admins alone.
   *
   * @return fails with {@link Problem} 403 when the caller has ceased to be an admin, 404
   */
  public Uni<Void> reset(Actor admin, String userId) {
    return transactions.inTransaction(
        tx ->
            accounts
                .requireActiveAdmin(tx, admin.userId())
                .flatMap(may -> accounts.get(tx, userId))
                .map(found -> found.orElseThrow(() -> Problem.notFound("user")))
                .flatMap(
                    user ->
                        store
                            .remove(tx, userId)
                            .flatMap(
                                removed ->
                                    removed
                                        ? changed(tx, admin, user, AuthEventType.TOTP_REMOVED)
                                        : Uni.createFrom().voidItem())));
  }

  /** What a proof is asked for. */
  @FunctionalInterface
  private interface Change {
    Uni<Void> apply(SqlConnection tx, User user);
  }

  private Uni<Void> proven(Actor actor, @Nullable String password, Proof proof, Change change) {
    return confirmed(actor, password)
        .flatMap(
            user ->
                throttle.guard(
                    subject(user, actor),
                    () ->
                        transactions
                            .inTransaction(
                                tx ->
                                    use(tx, user.userId(), proof)
                                        .flatMap(
                                            right ->
                                                right
                                                    ? change.apply(tx, user).replaceWith(true)
                                                    : Uni.createFrom().item(false)))
                            .flatMap(
                                right ->
                                    right
                                        ? Uni.createFrom().voidItem()
                                        : refuse(actor, user, "change"))));
  }

  /**
   * Uses up a proof in the open transaction.
   *
   * @return whether it was right; fails with {@link Problem} 409 {@code no-second-factor}
   */
  public Uni<Boolean> use(SqlConnection tx, String userId, Proof proof) {
    String code = proof.code();
    String recoveryCode = proof.recoveryCode();
    return store
        .find(tx, userId)
        .map(
            found ->
                found
                    .filter(totp -> totp.confirmedAt() != null)
                    .orElseThrow(SecondFactors::notEnrolled))
        .flatMap(
            totp -> {
              if (code != null) {
                OptionalLong step = Totp.find(open(totp), code, clock.instant(), totp.lastStep());
                return step.isEmpty()
                    ? Uni.createFrom().item(false)
                    : store.useStep(tx, userId, step.getAsLong());
              }
              return recoveryCode == null
                  ? Uni.createFrom().item(false)
                  : store.useCode(tx, userId, RecoveryCodes.hash(recoveryCode));
            });
  }

  private Uni<Void> replaceCodes(SqlConnection tx, String userId, List<String> recovery) {
    return store.replaceCodes(
        tx, userId, recovery.stream().map(RecoveryCodes::hash).toList(), clock.instant());
  }

  private Uni<Void> changed(SqlConnection tx, Actor actor, User user, AuthEventType type) {
    Instant now = clock.instant();
    AuthEvent event = AuthEvent.now(type, user.userId(), actor.userId(), actor.origin(), null, now);
    return audit
        .append(tx, event)
        .flatMap(
            done ->
                outbox.append(
                    tx,
                    new UserUpdated(user.userId(), List.of("second_factor"), user.isActive(), now)))
        .flatMap(
            done -> mails.queue(tx, MailKind.SIGN_IN_CHANGED, user.userId(), user.email(), null));
  }

  private <T> Uni<T> refuse(Actor actor, User user, String detail) {
    AuthEvent event =
        AuthEvent.now(
            AuthEventType.SECOND_FACTOR_FAILED,
            user.userId(),
            actor.userId(),
            actor.origin(),
            detail,
            clock.instant());
    return audit.append(event).flatMap(done -> Uni.createFrom().failure(wrongCode(403)));
  }

  static Problem wrongCode(int status) {
    return Problem.of(
        status, "wrong-code", "The code is wrong, too old, or was used already; try the next one.");
  }

  private Uni<User> confirmed(Actor actor, @Nullable String password) {
    return confirmation.confirmIfThereIsOne(
        actor, password, AuthEventType.SECOND_FACTOR_FAILED, "wrong_password");
  }

  private Uni<User> account(Actor actor) {
    return accounts
        .get(actor.userId())
        .map(found -> found.filter(User::isActive).orElseThrow(PasswordConfirmation::accountGone));
  }

  private static LoginThrottle.Subject subject(User user, Actor actor) {
    return LoginThrottle.Subject.ofSecondFactor(user, actor.origin());
  }

  private StoredTotp sealed(String userId, byte[] secret) {
    byte[] sealed = encryption.encrypt(secret, sealContext(userId));
    return new StoredTotp(
        userId,
        Base64.getEncoder().encodeToString(sealed),
        encryption.keyId(),
        clock.instant(),
        null,
        0);
  }

  private byte[] open(StoredTotp totp) {
    return encryption.decrypt(
        Base64.getDecoder().decode(totp.sealedSecret()),
        totp.encryptionKeyId(),
        sealContext(totp.userId()));
  }

  /** What the encrypted secret of an account belongs to. */
  public static String sealContext(String userId) {
    return "totp " + userId;
  }

  private static Proposal proposal(User user, byte[] secret) {
    String base32 = Base32.toBase32String(secret).replace("=", "");
    String label = ISSUER + ":" + user.username();
    String uri =
        "otpauth://totp/%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
            .formatted(
                URLEncoder.encode(label, UTF_8).replace("+", "%20"),
                base32,
                ISSUER,
                Totp.DIGITS,
                Totp.PERIOD_SECONDS);
    return new Proposal(base32, uri);
  }

  private static Problem notProposed() {
    return Problem.conflict(
        "second-factor-not-proposed", "There is no secret to confirm; ask for one first.");
  }

  private static Problem notEnrolled() {
    return Problem.conflict("no-second-factor", "This account has no second factor.");
  }
}
