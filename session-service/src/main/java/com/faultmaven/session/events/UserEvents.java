package com.faultmaven.session.events;

import com.faultmaven.common.event.EventHandlers;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.common.event.UserErasureRequested;
import com.faultmaven.common.event.UserLoggedOut;
import com.faultmaven.common.userdata.ErasureRequests;
import com.faultmaven.session.domain.SessionEnding;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** A logout ends the session that it names, or all that the user has; an erasure leaves none. */
@ApplicationScoped
public class UserEvents {
  private static final Logger LOG = Logger.getLogger(UserEvents.class);

  private final IdempotentConsumer consumer;
  private final SessionEnding ending;
  private final EventHandlers handlers;

  /** Wires the bean. */
  @Inject
  public UserEvents(IdempotentConsumer consumer, SessionEnding ending, ErasureRequests erasures) {
    this.consumer = consumer;
    this.ending = ending;
    handlers =
        EventHandlers.on(UserLoggedOut.TYPE, UserLoggedOut.class, this::loggedOut)
            .and(UserErasureRequested.TYPE, UserErasureRequested.class, erasures::apply)
            .thenAlways(UserLoggedOut.TYPE, UserLoggedOut.class, logout -> archive());
  }

  /** Takes an event of user-service. */
  @Incoming("users")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "session-service", handlers);
  }

  private Uni<Void> loggedOut(SqlConnection transaction, UserLoggedOut logout) {
    return ending.stopLoggedOut(
        logout.userId(), Optional.ofNullable(logout.sessionId()), logout.loggedOutAt());
  }

  /** What fails here is done by the job a little later. */
  private Uni<Void> archive() {
    return ending
        .finish()
        .onFailure()
        .invoke(failure -> LOG.warnf("Ended sessions are not archived yet: %s", failure))
        .onFailure()
        .recoverWithItem(0)
        .replaceWithVoid();
  }
}
