package com.faultmaven.user.domain;

import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserLoggedOut;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Ends what has grown from an account's sign-ins: refresh tokens here, sessions by event. */
@ApplicationScoped
public class SignInEnding {
  private final RefreshTokenStore tokens;
  private final Outbox outbox;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public SignInEnding(RefreshTokenStore tokens, Outbox outbox, Clock clock) {
    this.tokens = tokens;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Ends all of them. */
  public Uni<Void> endAll(SqlConnection tx, String userId, String reason) {
    Instant now = clock.instant();
    return tokens
        .revokeAll(tx, userId, now, reason)
        // Without a session id: all of the user's sessions end.
        .flatMap(ended -> outbox.append(tx, new UserLoggedOut(userId, null, now)));
  }

  /**
   * Ends all but the one that the caller's access token has grown from.
   *
   * @param accessTokenId {@code jti} of the caller's token; null ends all
   */
  public Uni<Void> endOthers(
      SqlConnection tx, String userId, @Nullable String accessTokenId, String reason) {
    if (accessTokenId == null) {
      return endAll(tx, userId, reason);
    }
    Instant now = clock.instant();
    return tokens
        .revokeOthers(tx, userId, accessTokenId, now, reason)
        .flatMap(
            sessions ->
                Multi.createFrom()
                    .iterable(sessions)
                    .onItem()
                    .transformToUniAndConcatenate(
                        session -> outbox.append(tx, new UserLoggedOut(userId, session, now)))
                    .collect()
                    .last())
        .replaceWithVoid();
  }
}
