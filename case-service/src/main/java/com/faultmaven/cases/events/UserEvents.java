package com.faultmaven.cases.events;

import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.common.event.ReceivedEvent;
import com.faultmaven.common.event.UserErasureRequested;
import com.faultmaven.common.event.UserRegistered;
import com.faultmaven.common.userdata.ErasedUsers;
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
  private final CaseStore store;
  private final ErasedUsers erasedUsers;
  private final ErasureRequests erasures;

  /** Wires the bean. */
  @Inject
  public UserEvents(
      IdempotentConsumer consumer,
      CaseStore store,
      ErasedUsers erasedUsers,
      ErasureRequests erasures) {
    this.consumer = consumer;
    this.store = store;
    this.erasedUsers = erasedUsers;
    this.erasures = erasures;
  }

  /** Applies one event. */
  @Incoming("users")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "case-service", this::apply);
  }

  private Uni<Void> apply(SqlConnection tx, ReceivedEvent event) {
    return switch (event.type()) {
      case UserRegistered.TYPE -> registered(tx, event.as(UserRegistered.class).userId());
      case UserErasureRequested.TYPE -> erasures.apply(tx, event.as(UserErasureRequested.class));
      default -> Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> registered(SqlConnection tx, String userId) {
    return erasedUsers
        .isErased(tx, userId)
        .flatMap(erased -> erased ? Uni.createFrom().voidItem() : store.ensureUser(tx, userId));
  }
}
