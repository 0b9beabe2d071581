package com.faultmaven.cases.events;

import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.common.event.ReceivedEvent;
import com.faultmaven.common.event.UserRegistered;
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
  private final CaseStore store;

  /** Wires the bean. */
  @Inject
  public UserEvents(IdempotentConsumer consumer, CaseStore store) {
    this.consumer = consumer;
    this.store = store;
  }

  /** Applies one event. */
  @Incoming("users")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "case-service", this::apply);
  }

  private Uni<Void> apply(SqlConnection tx, ReceivedEvent event) {
    if (!event.type().equals(UserRegistered.TYPE)) {
      return Uni.createFrom().voidItem();
    }
    return store.ensureUser(tx, event.as(UserRegistered.class).userId());
  }
}
