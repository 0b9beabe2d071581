package com.faultmaven.user.domain;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Exchanges a refresh token for the next pair (decisions, section 7). A token is good for one use:
 * of two uses one wins, whoever comes second has a copy, and nobody can tell who is the thief, so
 * the whole family ends.
 */
@ApplicationScoped
public class RefreshTokenRotation {
  private final RefreshTokenStore tokens;
  private final AccountStore accounts;
  private final SigningKeys keys;
  private final TokenIssuer issuer;
  private final AuthAuditLog audit;
  private final Transactions transactions;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public RefreshTokenRotation(
      RefreshTokenStore tokens,
      AccountStore accounts,
      SigningKeys keys,
      TokenIssuer issuer,
      AuthAuditLog audit,
      Transactions transactions,
      Clock clock) {
    this.tokens = tokens;
    this.accounts = accounts;
    this.keys = keys;
    this.issuer = issuer;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Rotates.
   *
   * @return the next pair; fails with {@link Problem} 401 {@code invalid-refresh-token} for a token
   *     that is unknown, expired, used or ended
   */
  public Uni<Grant> rotate(String refreshToken, RequestOrigin origin) {
    RefreshTokenHash hash = RefreshTokenHash.of(refreshToken);
    return keys.current()
        // A refusal is an item, not a failure: the end of a family must be committed with it.
        .flatMap(key -> transactions.inTransaction(tx -> exchange(tx, key, hash, origin)))
        .map(grant -> grant.orElseThrow(RefreshTokenRotation::refused));
  }

  private static Problem refused() {
    return Problem.of(
        401,
        "invalid-refresh-token",
        "The refresh token is unknown, expired, used already or ended; log in again.");
  }

  private Uni<Optional<Grant>> exchange(
      SqlConnection tx, SigningKey key, RefreshTokenHash hash, RequestOrigin origin) {
    return tokens
        .lock(tx, hash)
        .flatMap(
            found -> {
              if (found.isEmpty() || found.get().family().revokedAt() != null) {
                return refusal();
              }
              RefreshToken token = found.get();
              Instant now = clock.instant();
              if (token.usedAt() != null) {
                return endFamily(tx, token.family(), origin);
              }
              return token.expiresAt().isAfter(now) ? next(tx, key, token, now, origin) : refusal();
            });
  }

  private Uni<Optional<Grant>> next(
      SqlConnection tx, SigningKey key, RefreshToken token, Instant now, RequestOrigin origin) {
    RefreshFamily family = token.family();
    return accounts
        .get(tx, family.userId())
        .flatMap(
            account -> {
              Optional<User> user = account.filter(User::isActive);
              if (user.isEmpty()) {
                return tokens
                    .revoke(tx, family.familyId(), now, "account_ended")
                    .flatMap(done -> refusal());
              }
              return tokens
                  .markUsed(tx, token.hash(), now)
                  .flatMap(used -> issuer.next(tx, key, user.get(), family))
                  .call(grant -> audit.append(tx, event(family, origin, false)))
                  .map(Optional::of);
            });
  }

  private Uni<Optional<Grant>> endFamily(
      SqlConnection tx, RefreshFamily family, RequestOrigin origin) {
    return tokens
        .revoke(tx, family.familyId(), clock.instant(), "reuse")
        .flatMap(done -> audit.append(tx, event(family, origin, true)))
        .flatMap(done -> refusal());
  }

  private AuthEvent event(RefreshFamily family, RequestOrigin origin, boolean reuse) {
    return AuthEvent.now(
        reuse ? AuthEventType.REFRESH_TOKEN_REUSED : AuthEventType.TOKEN_REFRESHED,
        family.userId(),
        reuse ? null : family.userId(),
        origin,
        null,
        clock.instant());
  }

  private static Uni<Optional<Grant>> refusal() {
    return Uni.createFrom().item(Optional.empty());
  }
}
