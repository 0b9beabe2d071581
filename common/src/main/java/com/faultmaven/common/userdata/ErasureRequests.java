package com.faultmaven.common.userdata;

import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserDataErased;
import com.faultmaven.common.event.UserErasureRequested;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** A service's part of an erasure: it erases what it owns, and answers in the same transaction. */
@ApplicationScoped
public class ErasureRequests {
  private static final Logger LOG = Logger.getLogger(ErasureRequests.class);
  private static final String FORGET_ANSWERS = "DELETE FROM idempotency_keys WHERE owner_id = $1";

  private final ErasedUsers erasedUsers;
  private final UserDataErasure erasure;
  private final Outbox outbox;
  private final Clock clock;
  private final String service;

  /** Wires the bean. */
  @Inject
  public ErasureRequests(
      ErasedUsers erasedUsers,
      UserDataErasure erasure,
      Outbox outbox,
      Clock clock,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.erasedUsers = erasedUsers;
    this.erasure = erasure;
    this.outbox = outbox;
    this.clock = clock;
    this.service = service;
  }

  /** Applies the event; one that comes again is applied and answered again. */
  public Uni<Void> apply(SqlConnection transaction, UserErasureRequested request) {
    Instant now = clock.instant();
    String userId = request.userId();
    return erasedUsers
        .remember(transaction, userId, now)
        .chain(() -> erasure.erase(transaction, userId, now))
        .call(erased -> transaction.preparedQuery(FORGET_ANSWERS).execute(Tuple.of(userId)))
        .flatMap(erased -> answer(transaction, request, erased, now));
  }

  private Uni<Void> answer(
      SqlConnection transaction,
      UserErasureRequested request,
      Map<String, Long> erased,
      Instant now) {
    LOG.infof("Erasure %s: %s", request.erasureId(), erased);
    return outbox.append(
        transaction,
        new UserDataErased(request.userId(), request.erasureId(), service, erased, now));
  }
}
