package com.faultmaven.user.domain;

import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.mail.MailKind;
import com.faultmaven.user.domain.mail.Mails;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Makes tokens that go by mail, and takes them back. */
@ApplicationScoped
public class OneTimeTokens {
  /** No account has this id. */
  static final String NOBODY = "nobody";

  private final OneTimeTokenStore store;
  private final Mails mails;
  private final AuthAuditLog audit;
  private final RandomTokens random;
  private final VerificationSettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public OneTimeTokens(
      OneTimeTokenStore store,
      Mails mails,
      AuthAuditLog audit,
      RandomTokens random,
      VerificationSettings settings,
      Clock clock) {
    this.store = store;
    this.mails = mails;
    this.audit = audit;
    this.random = random;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Makes a token and queues its mail; the account's earlier tokens for the purpose are good no
   * more. For an account that does not exist nothing happens, at the same cost.
   */
  public Uni<Void> send(
      SqlConnection tx, TokenPurpose purpose, MailKind kind, String userId, String email) {
    String token = random.next();
    return store
        .replace(tx, token(token, purpose, userId, email))
        .flatMap(stored -> mails.queue(tx, kind, userId, email, token));
  }

  /**
   * Queues a mail without a token, at the cost of one with a token: nobody can tell from the time
   * which of both an account has got.
   */
  public Uni<Void> sendWithout(
      SqlConnection tx, TokenPurpose purpose, MailKind kind, String userId, String email) {
    return store
        .replace(tx, token(random.next(), purpose, NOBODY, email))
        .flatMap(stored -> mails.queue(tx, kind, userId, email, null));
  }

  private OneTimeToken token(String token, TokenPurpose purpose, String userId, String email) {
    Instant now = clock.instant();
    return new OneTimeToken(
        TokenHash.of(token), purpose, userId, email, now, now.plus(lifetime(purpose)), null);
  }

  /**
   * Finds a token that may be used, and locks it. One that was used already is given too, with the
   * time: whether that matters depends on the purpose.
   *
   * @return fails with {@link Problem} 400 {@code invalid-token} when it is unknown, replaced or
   *     expired
   */
  public Uni<OneTimeToken> find(SqlConnection tx, TokenPurpose purpose, String token) {
    return store
        .lock(tx, TokenHash.of(token), purpose)
        .map(
            found ->
                found
                    .filter(known -> known.expiresAt().isAfter(clock.instant()))
                    .orElseThrow(OneTimeTokens::refused));
  }

  /** Marks a token as used. */
  public Uni<Void> markUsed(SqlConnection tx, OneTimeToken token) {
    return store.markUsed(tx, token.hash(), clock.instant());
  }

  /**
   * Puts into the audit that a token was refused, with its account where there is one. The tries
   * that somebody has are bounded ({@link MailThrottle#takeUse}), so these rows are.
   */
  Uni<Void> recordRefusal(TokenPurpose purpose, String token, RequestOrigin origin) {
    return store
        .ownerOf(TokenHash.of(token))
        .flatMap(
            userId ->
                audit.append(
                    AuthEvent.now(
                        AuthEventType.MAIL_TOKEN_REFUSED,
                        userId.orElse(null),
                        null,
                        origin,
                        purpose.wireName(),
                        clock.instant())));
  }

  /** Whether something has failed with {@link #refused}. */
  static boolean isRefusal(Throwable failure) {
    return failure instanceof Problem problem && problem.code().equals("invalid-token");
  }

  /** The 400 that a token which is good no more gets. */
  static Problem refused() {
    return Problem.of(
        400,
        "invalid-token",
        "The token is unknown, used, expired, or a later one was sent; ask for a new one.");
  }

  private Duration lifetime(TokenPurpose purpose) {
    return switch (purpose) {
      case EMAIL_VERIFICATION -> settings.emailLifetime();
      case PASSWORD_RESET -> settings.resetLifetime();
    };
  }
}
