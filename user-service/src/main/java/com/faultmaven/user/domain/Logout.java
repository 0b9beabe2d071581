package com.faultmaven.user.domain;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserLoggedOut;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Logging out: the refresh family ends here, the session at session-service. */
@ApplicationScoped
public class Logout {
  private final RefreshTokenStore tokens;
  private final AuthAuditLog audit;
  private final Outbox outbox;
  private final Transactions transactions;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Logout(
      RefreshTokenStore tokens,
      AuthAuditLog audit,
      Outbox outbox,
      Transactions transactions,
      Clock clock) {
    this.tokens = tokens;
    this.audit = audit;
    this.outbox = outbox;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Logs out. Once more changes nothing. The access token itself stays good until it expires.
   *
   * @param accessTokenId {@code jti} of the caller's token, null when it has none
   * @param sessionId session to end, null for none
   * @param refreshToken token whose family ends too, null for none; another user's changes nothing
   */
  public Uni<Void> logout(
      Actor actor,
      @Nullable String accessTokenId,
      @Nullable String sessionId,
      @Nullable String refreshToken) {
    TokenHash hash = refreshToken == null ? null : TokenHash.of(refreshToken);
    return transactions.inTransaction(
        tx ->
            tokens
                .revokeMatching(tx, actor.userId(), accessTokenId, sessionId, hash, clock.instant())
                .flatMap(ended -> record(tx, actor, sessionId)));
  }

  private Uni<Void> record(SqlConnection tx, Actor actor, @Nullable String sessionId) {
    Instant now = clock.instant();
    AuthEvent event =
        AuthEvent.now(
            AuthEventType.LOGGED_OUT, actor.userId(), actor.userId(), actor.origin(), null, now);
    Uni<Void> recorded = audit.append(tx, event);
    // Without a session there is nothing to end elsewhere: an event without one ends them all.
    return sessionId == null
        ? recorded
        : recorded.flatMap(
            done -> outbox.append(tx, new UserLoggedOut(actor.userId(), sessionId, now)));
  }
}
