package com.faultmaven.user.events;

import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.common.event.ReceivedEvent;
import com.faultmaven.common.event.UserDataErased;
import com.faultmaven.user.domain.privacy.Erasures;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What the other services answer to an erasure; one replica reads each answer. */
@ApplicationScoped
public class ErasureAnswers {
  private final IdempotentConsumer consumer;
  private final Erasures erasures;

  /** Wires the bean. */
  @Inject
  public ErasureAnswers(IdempotentConsumer consumer, Erasures erasures) {
    this.consumer = consumer;
    this.erasures = erasures;
  }

  /** Applies one event. */
  @Incoming("erasures")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "user-service", this::apply);
  }

  private Uni<Void> apply(SqlConnection tx, ReceivedEvent event) {
    return event.type().equals(UserDataErased.TYPE)
        ? erasures.answered(tx, event.as(UserDataErased.class))
        : Uni.createFrom().voidItem();
  }
}
