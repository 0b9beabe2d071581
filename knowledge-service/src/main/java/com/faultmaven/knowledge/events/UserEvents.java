package com.faultmaven.knowledge.events;

import com.faultmaven.common.event.EventHandlers;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.common.event.UserErasureRequested;
import com.faultmaven.common.userdata.ErasureRequests;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What user-service says of accounts. */
@ApplicationScoped
public class UserEvents {
  private final IdempotentConsumer consumer;
  private final EventHandlers handlers;

  /** Wires the bean. */
  @Inject
  public UserEvents(IdempotentConsumer consumer, ErasureRequests erasures) {
    this.consumer = consumer;
    handlers =
        EventHandlers.on(UserErasureRequested.TYPE, UserErasureRequested.class, erasures::apply);
  }

  /** Applies one event. */
  @Incoming("users")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "knowledge-service", handlers);
  }
}
