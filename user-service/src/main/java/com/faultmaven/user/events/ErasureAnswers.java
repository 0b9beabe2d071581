package com.faultmaven.user.events;

import com.faultmaven.common.event.EventHandlers;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.common.event.UserDataErased;
import com.faultmaven.user.domain.privacy.Erasures;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What the other services answer to an erasure; one replica reads each answer. */
@ApplicationScoped
public class ErasureAnswers {
  private final IdempotentConsumer consumer;
  private final EventHandlers handlers;

  /** Wires the bean. */
  @Inject
  public ErasureAnswers(IdempotentConsumer consumer, Erasures erasures) {
    this.consumer = consumer;
    handlers = EventHandlers.on(UserDataErased.TYPE, UserDataErased.class, erasures::answered);
  }

  /** Applies one event. */
  @Incoming("erasures")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "user-service", handlers);
  }
}
