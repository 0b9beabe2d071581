package com.faultmaven.knowledge.events;

import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.common.event.ReceivedEvent;
import com.faultmaven.common.event.UserErasureRequested;
import com.faultmaven.common.userdata.ErasureRequests;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What user-service says of accounts. */
@ApplicationScoped
public class UserEvents {
  private final IdempotentConsumer consumer;
  private final ErasureRequests erasures;

  /** Wires the bean. */
  @Inject
  public UserEvents(IdempotentConsumer consumer, ErasureRequests erasures) {
    this.consumer = consumer;
    this.erasures = erasures;
  }

  /** Applies one event. */
  @Incoming("users")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "knowledge-service", this::apply);
  }

  private Uni<Void> apply(SqlConnection tx, ReceivedEvent event) {
    return event.type().equals(UserErasureRequested.TYPE)
        ? erasures.apply(tx, event.as(UserErasureRequested.class))
        : Uni.createFrom().voidItem();
  }
}
